"use client";

import { useState } from "react";
import type { ProblemText } from "#components/console/describe-problem";

/** Signs this browser out. */
export function SignOutButton({ label, text, className }: { label: string; text: ProblemText; className: string }) {
  const [problem, setProblem] = useState<string>();

  const leave = async () => {
    const { signOut } = await import("#components/console/sign-out");
    setProblem(await signOut(text));
  };

  return (
    <>
      <button type="button" onClick={() => void leave()} className={className}>
        {label}
      </button>
      <p role="alert" className="px-3 text-small text-bad not-empty:py-2">
        {problem}
      </p>
    </>
  );
}
