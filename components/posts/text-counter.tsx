"use client";

import { measureText } from "#components/posts/measure-text";
import { WarningIcon } from "#components/ui/icons";
import { fill, type Messages } from "#lib/i18n/schema";
import type { Capabilities } from "#lib/networks/schema";

type TextCounterProps = { text: string; hasMedia: boolean; capabilities: Capabilities; words: Messages["compose"] };

/** How much of the network's limit a text uses, in the network's unit. It only warns; the server decides. */
export function TextCounter({ text, hasMedia, capabilities, words }: TextCounterProps) {
  const { length, limit, unit } = measureText(text, capabilities, hasMedia);
  const over = length - limit;
  return (
    <>
      <span className={`tabular-nums ${over > 0 ? "font-medium text-bad" : ""}`}>
        {fill(words.counter[unit], { length, limit })}
      </span>
      <span role="status" className="ml-2 text-bad">
        {over > 0 && (
          <>
            <WarningIcon className="mr-1 inline size-3.5" />
            <span>{fill(words.over, { count: over })}</span>
          </>
        )}
      </span>
    </>
  );
}
