"use client";

import { type SubmitEvent, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { describeField } from "#components/console/describe-problem";
import { ProblemNote } from "#components/console/problem-note";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { INPUT } from "#components/ui/input-class";
import type { ProfileText } from "#components/users/profile-text";
import { fill } from "#lib/i18n/schema";
import type { DeletionPreview } from "#lib/users/schema";

type DeleteAccountDialogProps = { email: string; preview: DeletionPreview; text: ProfileText; onClose: () => void };

/** Says what goes with the account, and deletes it once its address was typed. */
export function DeleteAccountDialog({ email, preview, text, onClose }: DeleteAccountDialogProps) {
  const [typed, setTyped] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { profile } = text;
  const emailError = describeField(problem, "email");

  const remove = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const answer = await callApi("DELETE", "/api/user", { body: { email: typed } });
    if (!answer.problem) return location.assign("/sign-in");
    setProblem(answer.problem);
    setIsBusy(false);
  };

  return (
    <Dialog
      title={profile.deleteTitle}
      closeLabel={text.dialog.close}
      onDismiss={() => !isBusy && onClose()}
      describedBy="delete-account-consequence"
    >
      <div id="delete-account-consequence">
        <p>{profile.deleteConsequence}</p>
        <ul className="mt-2 list-disc space-y-1 pl-5">
          {toConsequences(preview, profile).map(({ key, sentence }) => (
            <li key={key} className="wrap-anywhere">
              {sentence}
            </li>
          ))}
        </ul>
      </div>
      <form onSubmit={(event) => void remove(event)} noValidate className="mt-5">
        <Field label={fill(profile.typeEmail, { email })} error={emailError}>
          {(aria) => (
            <input
              {...aria}
              type="email"
              dir="ltr"
              value={typed}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
              data-autofocus
              className={`${INPUT} w-full`}
            />
          )}
        </Field>
        <ProblemNote problem={emailError ? undefined : problem} text={text} />
        <div className="mt-6 flex flex-wrap justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {profile.cancel}
          </Button>
          <Button look="danger" type="submit" isBusy={isBusy}>
            {isBusy ? profile.deleting : profile.delete}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function toConsequences({ alone, left, keys }: DeletionPreview, text: ProfileText["profile"]) {
  return [
    ...alone.map(({ id, name }) => ({ key: id, sentence: fill(text.goesAlone, { name }) })),
    ...left.map(({ id, name }) => ({ key: id, sentence: fill(text.goesLeft, { name }) })),
    ...(keys > 0 ? [{ key: "keys", sentence: fill(text.goesKeys, { count: keys }) }] : []),
    { key: "sessions", sentence: text.goesSessions },
  ];
}
