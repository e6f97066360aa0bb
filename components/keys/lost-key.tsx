"use client";

import { useState } from "react";
import type { Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import type { KeysText } from "#components/keys/keys-text";
import { Button } from "#components/ui/button";
import { fill } from "#lib/i18n/schema";

type LostKeyProps = {
  name: string;
  text: KeysText;
  onReplace: () => Promise<Problem | undefined>;
  onClose: () => void;
};

/** A key whose secret was lost in transit: explains that, and offers to replace the key. */
export function LostKey({ name, text, onReplace, onClose }: LostKeyProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const replace = async () => {
    setIsBusy(true);
    setProblem(await onReplace());
    setIsBusy(false);
  };

  return (
    <>
      <p>{fill(text.generateKey.lostLead, { name })}</p>
      <ProblemNote problem={problem} text={text} />
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          {text.generateKey.later}
        </Button>
        <Button look="primary" isBusy={isBusy} onClick={() => void replace()}>
          {text.generateKey.replace}
        </Button>
      </div>
    </>
  );
}
