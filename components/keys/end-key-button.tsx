"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import type { KeysText } from "#components/keys/keys-text";
import { Button } from "#components/ui/button";
import { holdFocus } from "#components/ui/hold-focus";

/** Ends the overlap of a replaced key now. */
export function EndKeyButton({ keyId, text }: { keyId: string; text: KeysText }) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const end = async () => {
    const returnFocus = holdFocus();
    setIsBusy(true);
    const answer = await callApi("POST", `/api/keys/${keyId}/end`, { body: {} });
    setIsBusy(false);
    setProblem(answer.problem);
    returnFocus();
    if (!answer.problem) router.refresh();
  };

  return (
    <>
      <Button isBusy={isBusy} onClick={() => void end()} className="mt-2">
        {text.rotateKey.endNow}
      </Button>
      <ProblemNote problem={problem} text={text} />
    </>
  );
}
