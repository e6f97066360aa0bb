"use client";

import { useId } from "react";
import { toUtcTime } from "#components/ui/format-time";
import { useLocalTime } from "#components/ui/use-local-time";

/** A day, with the minute if wanted. The exact local and UTC time appears on hover, focus and touch. */
export function ExactTime({ at, hasTime = false }: { at: string; hasTime?: boolean }) {
  const id = useId();
  const utc = toUtcTime(at);
  const local = useLocalTime(at);
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
