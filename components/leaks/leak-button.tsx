"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import type { ProblemText } from "#components/console/describe-problem";
import { ProblemNote } from "#components/console/problem-note";
import { Button } from "#components/ui/button";
import { holdFocus } from "#components/ui/hold-focus";

type LeakButtonProps = { path: string; label: string; look: "danger" | "primary"; text: ProblemText };

/** Posts to the path and refreshes the page, or shows why the request failed. */
export function LeakButton({ path, label, look, text }: LeakButtonProps) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const press = async () => {
    const returnFocus = holdFocus();
    setIsBusy(true);
    const answer = await callApi("POST", path);
    setIsBusy(false);
    setProblem(answer.problem);
    returnFocus();
    if (!answer.problem) router.refresh();
  };

  return (
    <>
      <Button look={look} isBusy={isBusy} onClick={() => void press()} className="max-sm:w-full">
        {label}
      </Button>
      <ProblemNote problem={problem} text={text} />
    </>
  );
}
