"use client";

import { type SubmitEvent, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { describeField } from "#components/console/describe-problem";
import { ProblemNote } from "#components/console/problem-note";
import type { KeysText } from "#components/keys/keys-text";
import { NameField } from "#components/keys/name-field";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { fill } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

type RenameKeyDialogProps = {
  apiKey: ApiKey;
  text: KeysText;
  onRenamed: (key: ApiKey) => void;
  onClose: () => void;
};

/** Asks for the key's new name. */
export function RenameKeyDialog({ apiKey, text, onRenamed, onClose }: RenameKeyDialogProps) {
  const [name, setName] = useState(apiKey.name);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const fieldError = describeField(problem, "name", text);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const answer = await callApi<ApiKey>("PATCH", `/api/keys/${apiKey.id}`, { body: { name } });
    setIsBusy(false);
    setProblem(answer.problem);
    if (answer.data) onRenamed(answer.data);
  };

  return (
    <Dialog
      title={fill(text.renameKey.title, { name: apiKey.name })}
      closeLabel={text.dialog.close}
      onDismiss={onClose}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <NameField value={name} error={fieldError} text={text.keyName} onChange={setName} />
        <ProblemNote problem={fieldError ? undefined : problem} text={text} />
        <div className="mt-6 flex flex-wrap justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {text.renameKey.cancel}
          </Button>
          <Button look="primary" type="submit" isBusy={isBusy}>
            {isBusy ? text.renameKey.saving : text.renameKey.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
