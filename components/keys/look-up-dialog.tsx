"use client";

import { type SubmitEvent, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import { isWholeKey } from "#components/keys/is-whole-key";
import type { KeysText } from "#components/keys/keys-text";
import { useInOrganization } from "#components/organizations/organization-scope";
import { Button, buttonClass } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { toLocalTime } from "#components/ui/format-time";
import { INPUT } from "#components/ui/input-class";
import { fill } from "#lib/i18n/schema";
import type { LookUpResult } from "#lib/keys/schema";
import { findSecrets, MAX_PASTED_LENGTH } from "#lib/pasted/schema";

/** Identifies a pasted key as one of the reader's. The field is a password field, and is cleared with the dialog. */
export function LookUpDialog({ text, onClose }: { text: KeysText; onClose: () => void }) {
  const [pasted, setPasted] = useState("");
  const [result, setResult] = useState<LookUpResult>();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setIsBusy] = useState(false);
  const inOrganization = useInOrganization();

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setProblem(undefined);
    // Text that is not a key is never sent.
    const key = findSecrets(pasted, isWholeKey).join("\n").slice(0, MAX_PASTED_LENGTH);
    if (key === "") return setResult({ result: "malformed" });
    setIsBusy(true);
    const answer = await callApi<LookUpResult>("POST", inOrganization("/api/keys/lookup"), { body: { key } });
    setIsBusy(false);
    setProblem(answer.problem);
    setResult(answer.data);
  };

  return (
    <Dialog title={text.lookUp.title} closeLabel={text.dialog.close} onDismiss={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <Field label={text.lookUp.label} help={text.lookUp.help} error={undefined}>
          {(aria) => (
            <input
              {...aria}
              type="password"
              dir="ltr"
              autoComplete="off"
              data-autofocus
              value={pasted}
              onChange={(event) => {
                setPasted(event.target.value);
                setResult(undefined);
              }}
              className={`${INPUT} w-full font-mono`}
            />
          )}
        </Field>
        <p role="status" className="font-medium not-empty:mt-4">
          {result && describe(result, text)}
        </p>
        <ProblemNote problem={problem} text={text} />
        <div className="mt-6 flex flex-wrap justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {text.dialog.close}
          </Button>
          {result?.id ? (
            <a href={`/settings/keys/${result.id}`} className={buttonClass("primary")}>
              {text.lookUp.show}
            </a>
          ) : (
            <Button look="primary" type="submit" isBusy={isBusy}>
              {text.lookUp.ask}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

function describe({ result, name = "", deleted_at }: LookUpResult, { lookUp }: KeysText): string {
  if (result === "malformed") return lookUp.malformed;
  if (result === "not_yours") return lookUp.notYours;
  if (result === "yours") return fill(lookUp.yours, { name });
  return fill(lookUp.deleted, { name, moment: deleted_at ? toLocalTime(deleted_at) : "" });
}
