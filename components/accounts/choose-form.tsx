"use client";

import { type SubmitEvent, useId, useState } from "react";
import type { AccountsText } from "#components/accounts/accounts-text";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import { useInOrganization } from "#components/organizations/organization-scope";
import { Button } from "#components/ui/button";
import type { Account, AccountChoices } from "#lib/accounts/schema";

type ChooseFormProps = {
  choices: AccountChoices;
  text: AccountsText;
  onChosen: (account: Account) => void;
  onCancel: () => void;
};

/** Chooses one of the accounts that a network has offered. */
export function ChooseForm({ choices: { choices_id, choices }, text, onChosen, onCancel }: ChooseFormProps) {
  const legendId = useId();
  const [chosen, setChosen] = useState(choices[0]?.id ?? "");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const inOrganization = useInOrganization();
  const words = text.accounts.connecting;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const body = { choices_id, chosen: [chosen] };
    const path = inOrganization("/api/accounts/choices");
    const answer = await callApi<{ accounts: Account[] }>("POST", path, { body });
    setIsBusy(false);
    setProblem(answer.problem);
    const [account] = answer.data?.accounts ?? [];
    if (account) onChosen(account);
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-5">
      <div role="radiogroup" aria-labelledby={legendId}>
        <p id={legendId}>{words.chooseAccount}</p>
        <ul className="mt-3 space-y-2">
          {choices.map(({ id, label }, index) => (
            <li key={id}>
              <label className="flex min-h-12 cursor-pointer items-center gap-3 rounded-control border border-edge/60 px-4 py-2 hover:bg-sunken has-checked:border-accent">
                <input
                  type="radio"
                  name="account"
                  value={id}
                  checked={chosen === id}
                  data-autofocus={index === 0 || undefined}
                  onChange={() => setChosen(id)}
                  className="size-5 shrink-0 accent-accent"
                />
                <bdi translate="no" className="min-w-0 wrap-anywhere">
                  {label}
                </bdi>
              </label>
            </li>
          ))}
        </ul>
      </div>
      <ProblemNote problem={problem} text={text} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          {words.cancelChoice}
        </Button>
        <Button look="primary" type="submit" isBusy={isBusy}>
          {isBusy ? words.connecting : words.connect}
        </Button>
      </div>
    </form>
  );
}
