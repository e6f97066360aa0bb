"use client";

import { useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import type { SessionsText } from "#components/sessions/sessions-text";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";

/** Asks before all of the user's sessions end, including this one. */
export function SignOutEverywhereDialog({ text, onClose }: { text: SessionsText; onClose: () => void }) {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const signOut = async () => {
    setIsBusy(true);
    const answer = await callApi("DELETE", "/api/sessions");
    if (!answer.problem) return location.assign("/sign-in");
    setProblem(answer.problem);
    setIsBusy(false);
  };

  return (
    <Dialog
      title={text.security.everywhereTitle}
      closeLabel={text.dialog.close}
      onDismiss={onClose}
      describedBy="sign-out-everywhere-lead"
    >
      <p id="sign-out-everywhere-lead">{text.security.everywhereLead}</p>
      <ProblemNote problem={problem} text={text} />
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onClose} data-autofocus>
          {text.security.cancel}
        </Button>
        <Button look="danger" isBusy={isBusy} onClick={() => void signOut()}>
          {text.security.everywhere}
        </Button>
      </div>
    </Dialog>
  );
}
