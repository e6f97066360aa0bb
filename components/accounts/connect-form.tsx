"use client";

import { type SubmitEvent, useState } from "react";
import { type AccountsText, findNetworkText } from "#components/accounts/accounts-text";
import { callApi, type Problem } from "#components/console/call-api";
import { describeField } from "#components/console/describe-problem";
import { ProblemNote } from "#components/console/problem-note";
import { useInOrganization } from "#components/organizations/organization-scope";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { INPUT } from "#components/ui/input-class";
import type { ConnectAnswer } from "#lib/accounts/schema";
import { fill } from "#lib/i18n/schema";
import type { ConnectField, Network } from "#lib/networks/schema";

type ConnectFormProps = {
  network: Network;
  text: AccountsText;
  onAnswer: (answer: ConnectAnswer) => void;
  onBack: () => void;
};

/** The form with the fields that the chosen network requires. */
export function ConnectForm({ network, text, onAnswer, onBack }: ConnectFormProps) {
  const { connect_fields: connectFields } = network;
  const [given, setGiven] = useState<Record<string, string>>(() =>
    Object.fromEntries(connectFields.map(({ name, preset }) => [name, preset ?? ""])),
  );
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const inOrganization = useInOrganization();
  const errorOf = (name: string) => describeField(problem, `fields.${name}`);
  const words = text.accounts.connecting;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const body = { network: network.network, fields: given };
    const answer = await callApi<ConnectAnswer>("POST", inOrganization("/api/accounts"), { body });
    setIsBusy(false);
    setProblem(answer.problem);
    if (!answer.problem) onAnswer(answer.data);
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-5">
      {connectFields.length === 0 && <p>{fill(words.networkAsks, { network: network.label })}</p>}
      {connectFields.map((field, index) => (
        <GivenField
          key={field.name}
          field={field}
          isFirst={index === 0}
          words={findNetworkText(network.network, text).fields?.[field.name]}
          value={given[field.name] ?? ""}
          error={errorOf(field.name)}
          onChange={(value) => setGiven((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <ProblemNote problem={connectFields.some(({ name }) => errorOf(name)) ? undefined : problem} text={text} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onBack}>
          {words.back}
        </Button>
        <Button look="primary" type="submit" isBusy={isBusy} data-autofocus={connectFields.length === 0 || undefined}>
          {isBusy ? words.connecting : words.connect}
        </Button>
      </div>
    </form>
  );
}

type GivenFieldProps = {
  field: ConnectField;
  isFirst: boolean;
  words: { label: string; hint: string } | undefined;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
};

function GivenField({ field, isFirst, words, value, error, onChange }: GivenFieldProps) {
  return (
    <Field label={words?.label ?? field.name} help={words?.hint} error={error}>
      {(aria) => (
        <input
          {...aria}
          name={field.name}
          dir="ltr"
          type={field.kind === "secret" ? "password" : "text"}
          inputMode={field.kind === "url" ? "url" : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={field.example}
          data-autofocus={isFirst || undefined}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={`${INPUT} w-full`}
        />
      )}
    </Field>
  );
}
