"use client";

import { useState } from "react";
import type { Problem } from "#components/console/call-api";
import type { ProblemText } from "#components/console/describe-problem";
import { ProblemNote } from "#components/console/problem-note";
import { startSignIn } from "#components/console/start-sign-in";
import { Button } from "#components/ui/button";
import type { Locale, Messages } from "#lib/i18n/schema";

type SignInButtonProps = {
  /** Whether the last account was refused: the button then offers to choose another. */
  wasRefused: boolean;
  callbackUrl: string;
  locale: Locale;
  text: Messages["signIn"];
  problemText: ProblemText;
};

/** Starts the sign-in and navigates to the address that the server returns, where Google asks which account to use. */
export function SignInButton({ wasRefused, callbackUrl, locale, text, problemText }: SignInButtonProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const signIn = async () => {
    setIsBusy(true);
    setProblem(undefined);
    const failure = await startSignIn(callbackUrl, locale);
    if (!failure) return;
    setProblem(failure);
    setIsBusy(false);
  };

  return (
    <>
      <Button look="primary" isBusy={isBusy} onClick={() => void signIn()} className="w-full">
        {isBusy ? text.opening : wasRefused ? text.other : text.google}
      </Button>
      <ProblemNote problem={problem} text={problemText} />
    </>
  );
}
