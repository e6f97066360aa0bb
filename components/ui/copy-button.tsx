"use client";

import { type RefObject, useState } from "react";
import { Button } from "#components/ui/button";
import { type CopyResult, copyText } from "#components/ui/copy-text";
import { CheckIcon, CopyIcon } from "#components/ui/icons";
import type { Messages } from "#lib/i18n/schema";

type CopyButtonProps = {
  label: string;
  /** The text to copy, as the element in `source` shows it. */
  value: string;
  source: RefObject<HTMLElement | null>;
  text: Messages["copy"];
  look?: "primary" | "plain";
  /** Where the result appears, when not beside the button. */
  statusClassName?: string;
  onCopied?: () => void;
};

/** Copies the text, and confirms that only after it succeeded. A second click confirms it again. */
export function CopyButton({ label, value, source, text, look, statusClassName = "", onCopied }: CopyButtonProps) {
  const [last, setLast] = useState<{ value: string; result: CopyResult }>();
  const result = last?.value === value ? last.result : undefined;

  const copy = async () => {
    setLast(undefined);
    const outcome = await copyText(value, source.current);
    setLast({ value, result: outcome });
    if (outcome === "copied") onCopied?.();
  };

  return (
    <span className="relative inline-flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button look={look} onClick={() => void copy()}>
        {result === "copied" ? <CheckIcon /> : <CopyIcon />}
        <span>{label}</span>
      </Button>
      <span role="status" className={`text-small text-good ${statusClassName}`}>
        {result && <span className={result === "selected" ? "text-warn" : ""}>{text[result]}</span>}
      </span>
    </span>
  );
}
