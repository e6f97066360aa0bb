"use client";

import { useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import type { InvitationsText } from "#components/invitations/invitations-text";
import { Button } from "#components/ui/button";
import type { ReceivedInvitation } from "#lib/invitations/schema";

type AnswerButtonsProps = { invitation: ReceivedInvitation; text: InvitationsText; onDeclined: () => void };

/**
 * Accepts or declines an invitation. After accepting, the session shows the organization, so the console is opened anew.
 */
export function AnswerButtons({ invitation, text, onDeclined }: AnswerButtonsProps) {
  const [busy, setBusy] = useState<"accept" | "decline">();
  const [problem, setProblem] = useState<Problem>();
  const { invitations } = text;
  const { name } = invitation.organization;

  const answer = async (what: "accept" | "decline") => {
    if (busy) return;
    setBusy(what);
    setProblem(undefined);
    const result = await callApi("POST", `/api/invitations/${invitation.id}/${what}`);
    if (!result.problem) return what === "accept" ? location.assign("/settings") : onDeclined();
    setProblem(result.problem);
    setBusy(undefined);
  };

  return (
    <div className="w-full">
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          aria-label={`${invitations.accept} ${name}`}
          isBusy={busy !== undefined}
          onClick={() => void answer("accept")}
          className="max-sm:flex-1"
        >
          {busy === "accept" ? invitations.accepting : invitations.accept}
        </Button>
        <Button
          aria-label={`${invitations.decline} ${name}`}
          isBusy={busy !== undefined}
          onClick={() => void answer("decline")}
          className="max-sm:flex-1"
        >
          {invitations.decline}
        </Button>
      </div>
      <ProblemNote problem={problem} text={text} />
    </div>
  );
}
