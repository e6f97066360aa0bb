"use client";

import { useRef } from "react";
import { Code } from "#components/ui/code";
import { CopyButton } from "#components/ui/copy-button";
import type { Messages } from "#lib/i18n/schema";

export type SamplesText = Pick<Messages, "samples" | "copy">;

/** One program with its copy button. */
export function CodeSample({ code, text, onCopied }: { code: string; text: SamplesText; onCopied?: () => void }) {
  const source = useRef<HTMLPreElement>(null);
  return (
    <div>
      <Code ref={source}>{code}</Code>
      <div className="mt-2">
        <CopyButton label={text.samples.copy} value={code} source={source} text={text.copy} onCopied={onCopied} />
      </div>
    </div>
  );
}
