"use client";

import { useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import { startSignIn } from "#components/console/start-sign-in";
import type { InvitationsText } from "#components/invitations/invitations-text";
import { Button } from "#components/ui/button";
import type { Locale } from "#lib/i18n/schema";

type UseAnotherAccountProps = { label: string; locale: Locale; text: Pick<InvitationsText, "problem"> };

/** Signs this browser out and lets its user choose another Google account, with which they come back to this page. */
export function UseAnotherAccount({ label, locale, text }: UseAnotherAccountProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const change = async () => {
    setIsBusy(true);
    const { problem: left } = await callApi("DELETE", "/api/sessions/current");
    const failure = left && left.kind !== "session" ? left : await startSignIn(location.pathname, locale);
    if (!failure) return;
    setProblem(failure);
    setIsBusy(false);
  };

  return (
    <>
      <Button look="primary" isBusy={isBusy} onClick={() => void change()}>
        {label}
      </Button>
      <ProblemNote problem={problem} text={text} />
    </>
  );
}
