"use client";

import { useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import type { ProblemText } from "#components/console/describe-problem";
import { ProblemNote } from "#components/console/problem-note";

/** Ends this browser's session on the server, and only then leaves. */
export function SignOutButton({ label, text, className }: { label: string; text: ProblemText; className: string }) {
  const [problem, setProblem] = useState<Problem>();

  const signOut = async () => {
    const { problem: refusal } = await callApi("DELETE", "/api/sessions/current");
    if (refusal && refusal.kind !== "session") setProblem(refusal);
    else location.assign("/sign-in");
  };

  return (
    <>
      <button type="button" onClick={() => void signOut()} className={className}>
        {label}
      </button>
      <ProblemNote problem={problem} text={text} />
    </>
  );
}
