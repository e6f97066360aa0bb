"use client";

import { useRouter } from "next/navigation";
import { type SubmitEvent, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { describeField } from "#components/console/describe-problem";
import { ProblemNote } from "#components/console/problem-note";
import { toKeyChanges, toKeyOptions } from "#components/keys/key-options";
import { KeyOptionsFields, type Viewer } from "#components/keys/key-options-fields";
import type { KeysText } from "#components/keys/keys-text";
import { NameField } from "#components/keys/name-field";
import { Button } from "#components/ui/button";
import { Notice } from "#components/ui/notice";
import { fill, type Messages } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

type KeySettingsFormProps = {
  apiKey: ApiKey;
  mayChange: boolean;
  /** The address of the key's last use, if it is still allowed. */
  lastAddress: string | undefined;
  viewer: Viewer;
  text: KeysText;
  page: Messages["keyPage"];
};

/** All editable settings of a key. Only changed ones are sent, so that two people can edit at the same time. */
export function KeySettingsForm({ apiKey, mayChange, lastAddress, viewer, text, page }: KeySettingsFormProps) {
  const router = useRouter();
  // The version last read or saved here. Other changes to the key do not overwrite the user's input.
  const [saved, setSaved] = useState(apiKey);
  const before = toKeyOptions(saved);
  const [name, setName] = useState(saved.name);
  const [options, setOptions] = useState(before);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [isSaved, setIsSaved] = useState(false);
  // The addresses that exclude the last one, once the server has reported it.
  const [questionable, setQuestionable] = useState<string>();
  const changes = { ...(name !== saved.name && { name }), ...toKeyChanges(before, options) };
  const hasChanges = Object.keys(changes).length > 0;
  const isAsking = questionable === options.addresses;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy || !hasChanges) return;
    setIsBusy(true);
    const body = { ...changes, ...(!isAsking && { must_allow: lastAddress }) };
    const answer = await callApi<ApiKey>("PATCH", `/api/keys/${apiKey.id}`, { body });
    setIsBusy(false);
    setProblem(answer.problem);
    if (describeField(answer.problem, "must_allow")) setQuestionable(options.addresses);
    setIsSaved(!answer.problem);
    if (answer.problem) return;
    setSaved(answer.data);
    setQuestionable(undefined);
    // The server's spelling, unless the user has typed more meanwhile.
    setName((now) => (now === name ? answer.data.name : now));
    setOptions((now) => (now === options ? toKeyOptions(answer.data) : now));
    router.refresh();
  };

  return (
    <section aria-labelledby="key-settings" className="rounded-card border border-line bg-surface p-4 sm:p-6">
      <h2 id="key-settings" className="mb-5 text-head font-semibold">
        {page.settings}
      </h2>
      {!mayChange && <p className="-mt-3 mb-5 text-muted">{page.notYours}</p>}
      <form onSubmit={(event) => void submit(event)} onChange={() => setIsSaved(false)} noValidate className="max-w-xl">
        <fieldset disabled={!mayChange} className="[&:disabled_input]:bg-sunken [&:disabled_input]:text-muted">
          <NameField value={name} error={describeField(problem, "name")} text={text.keyName} onChange={setName} />
          <div className="mt-6">
            <KeyOptionsFields options={options} problem={problem} viewer={viewer} text={text} onChange={setOptions} />
          </div>
        </fieldset>
        <ProblemNote problem={isAboutFields(problem) ? undefined : problem} text={text} />
        <div role="alert" className="not-empty:mt-6">
          {isAsking && <Notice look="warn">{fill(page.addressLeftOut, { address: lastAddress ?? "" })}</Notice>}
        </div>
        {mayChange && (
          <div className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-2">
            <Button look="primary" type="submit" isBusy={isBusy} disabled={!hasChanges} className="disabled:opacity-50">
              {isBusy ? text.renameKey.saving : isAsking ? page.saveAnyway : text.renameKey.save}
            </Button>
            <span role="status" className="text-small text-good">
              {isSaved && page.saved}
            </span>
          </div>
        )}
      </form>
    </section>
  );
}

// These problems are shown beside their fields.
function isAboutFields(problem: Problem | undefined): boolean {
  return problem?.kind === "refused" && Object.keys(problem.fields).length > 0;
}
