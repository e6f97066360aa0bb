import type { Outcome } from "#lib/usage/schema";

/** The fill of an outcome's bar segment. Each has its own texture, so that colour is not needed. */
export const outcomeFill = (outcome: Outcome): string => `url(#outcome-${outcome})`;

const TILE = { width: 6, height: 6, patternUnits: "userSpaceOnUse" } as const;

/** The textures. They must be on a page once for `outcomeFill` to work. */
export function OutcomePatterns() {
  return (
    <svg aria-hidden="true" className="absolute size-0">
      <defs>
        <pattern id="outcome-ok" {...TILE}>
          <rect width="6" height="6" className="fill-accent" />
        </pattern>
        <pattern id="outcome-client_error" {...TILE}>
          <rect width="6" height="6" className="fill-warn-soft" />
          <path d="M-1 1 1-1M-1 7 7-1M5 7 7 5" className="stroke-warn stroke-[1.75]" />
        </pattern>
        <pattern id="outcome-server_error" {...TILE}>
          <rect width="6" height="6" className="fill-bad" />
          <path d="M0 0 6 6M0 6 6 0" className="stroke-bad-soft stroke-1" />
        </pattern>
        <pattern id="outcome-limited" {...TILE}>
          <rect width="6" height="6" className="fill-sunken" />
          <circle cx="3" cy="3" r="1.75" className="fill-ink" />
        </pattern>
        <pattern id="outcome-refused" {...TILE}>
          <rect width="6" height="6" className="fill-surface" />
          <path d="M0 1.5H6M0 4.5H6" className="stroke-muted stroke-1" />
        </pattern>
      </defs>
    </svg>
  );
}
