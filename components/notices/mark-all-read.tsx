"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import { Button } from "#components/ui/button";
import type { Messages } from "#lib/i18n/schema";

type MarkAllReadProps = { text: Pick<Messages["notices"], "markAll" | "marking"> & Pick<Messages, "problem"> };

/** Marks everything as read and shows the page anew, with its header. */
export function MarkAllRead({ text }: MarkAllReadProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const router = useRouter();

  const mark = async () => {
    if (isBusy) return;
    setIsBusy(true);
    const { problem: failure } = await callApi("POST", "/api/notices/read", { body: {} });
    setProblem(failure);
    setIsBusy(false);
    if (!failure) router.refresh();
  };

  return (
    <div className="border-b border-line p-4 sm:px-6">
      <Button onClick={() => void mark()} isBusy={isBusy} className="max-sm:w-full">
        {isBusy ? text.marking : text.markAll}
      </Button>
      <ProblemNote problem={problem} text={text} />
    </div>
  );
}
