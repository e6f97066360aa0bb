"use client";

import { useId } from "react";
import { toLocalTime, toUtcTime } from "#components/ui/format-time";
import { useIsHydrated } from "#components/ui/use-is-hydrated";

/** A day, with the exact local and UTC time on hover, focus and touch. */
export function ExactTime({ at }: { at: string }) {
  const id = useId();
  const utc = toUtcTime(at);
  // The server does not know where the reader is.
  const local = useIsHydrated() ? toLocalTime(at) : utc;
  return (
    <span className="group relative inline-block">
      <button
        type="button"
        aria-describedby={id}
        className="-my-2 cursor-default py-2 tabular-nums select-text pointer-coarse:-my-3 pointer-coarse:py-3"
      >
        <time dateTime={at}>{local.slice(0, 10)}</time>
      </button>
      <span
        role="tooltip"
        id={id}
        className="pointer-events-none invisible absolute top-full left-0 z-10 w-max rounded-control bg-ink px-3 py-2 text-small text-inverse tabular-nums group-focus-within:visible group-hover:pointer-events-auto group-hover:visible"
      >
        {local !== utc && <span className="block">{local}</span>}
        <span className="block">{utc}</span>
      </span>
    </span>
  );
}
