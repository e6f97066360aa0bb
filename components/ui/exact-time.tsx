"use client";

import { useId } from "react";
import { toLocalTime, toUtcTime } from "#components/ui/format-time";
import { useIsHydrated } from "#components/ui/use-is-hydrated";

/** A day, or a day and its minute, with the exact local and UTC time on hover, focus and touch. */
export function ExactTime({ at, hasTime = false }: { at: string; hasTime?: boolean }) {
  const id = useId();
  const utc = toUtcTime(at);
  // The server does not know where the reader is.
  const local = useIsHydrated() ? toLocalTime(at) : utc;
  return (
    <span className="relative inline-block">
      <button
        type="button"
        aria-describedby={id}
        className="-my-2 cursor-default py-2 whitespace-nowrap tabular-nums pointer-coarse:-my-3 pointer-coarse:py-3"
      >
        <time dateTime={at}>{local.slice(0, hasTime ? 16 : 10)}</time>
      </button>
      <span role="tooltip" id={id} className="tooltip">
        {local !== utc && <span className="block">{local}</span>}
        <span className="block">{utc}</span>
      </span>
    </span>
  );
}
