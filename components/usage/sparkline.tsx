import { fill, type Locale, type Messages } from "#lib/i18n/schema";

const HEIGHT = 10;

type SparklineProps = {
  /** Requests on each day, oldest first. Absent when there were none. */
  counts: number[] | undefined;
  locale: Locale;
  text: Pick<Messages["usage"], "sparkline">;
};

/** A key's recent days as a line, with a text for screen readers. */
export function Sparkline({ counts = [], locale, text }: SparklineProps) {
  const max = Math.max(1, ...counts);
  const points = counts.map((count, day) => `${day} ${(HEIGHT - (count / max) * HEIGHT).toFixed(1)}`);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (
    <span className="inline-block align-middle">
      <svg
        aria-hidden="true"
        viewBox={`0 -1 ${Math.max(1, counts.length - 1)} ${HEIGHT + 2}`}
        preserveAspectRatio="none"
        className="h-5 w-20 text-muted"
      >
        <path
          d={`M${points.length > 0 ? points.join("L") : `0 ${HEIGHT}H1`}`}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <span className="sr-only">{fill(text.sparkline, { count: total.toLocaleString(locale) })}</span>
    </span>
  );
}
