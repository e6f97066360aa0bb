import { Disclosure } from "#components/ui/disclosure";
import { WithTimes } from "#components/ui/with-times";
import { BarTitle, BucketMark } from "#components/usage/bucket-time";
import { describeUsage } from "#components/usage/describe-usage";
import { OutcomePatterns, outcomeFill } from "#components/usage/outcome-patterns";
import { periodName } from "#components/usage/period-name";
import { toBars } from "#components/usage/to-bars";
import { UsageTable } from "#components/usage/usage-table";
import { UsageTotals } from "#components/usage/usage-totals";
import { fill, type Locale, type Messages } from "#lib/i18n/schema";
import type { Usage } from "#lib/usage/schema";

const HEIGHT = 160;

type UsageChartProps = { usage: Usage; locale: Locale; text: Messages["usage"] };

/** The requests of a period: as a sentence, numbers, stacked bars and a table. */
export function UsageChart({ usage, locale, text }: UsageChartProps) {
  return (
    <section aria-labelledby="usage" className="rounded-card border border-line bg-surface">
      <OutcomePatterns />
      <div className="space-y-6 p-4 sm:px-6 sm:py-5">
        <div>
          <h2 id="usage" className="text-head font-semibold">
            {fill(text.chartTitle, { period: periodName(usage.period, text) })}
          </h2>
          <div id="usage-summary" className="text-muted">
            {describeUsage(usage, locale, text).map((sentence) => (
              <p key={sentence}>
                <WithTimes>{sentence}</WithTimes>
              </p>
            ))}
          </div>
        </div>
        <UsageTotals totals={usage.totals} locale={locale} text={text} />
        <Bars usage={usage} locale={locale} text={text} />
      </div>
      <div className="border-t border-line">
        <Disclosure title={text.asTable}>
          <UsageTable usage={usage} locale={locale} text={text} />
        </Disclosure>
      </div>
    </section>
  );
}

function Bars({ usage, locale, text }: UsageChartProps) {
  const { buckets, bucket } = usage;
  const { bars, max } = toBars(buckets, HEIGHT);
  const percent = (share: number) => `${((share / bars.length) * 100).toFixed(3)}%`;
  const marks = [buckets.at(0), buckets.at(buckets.length / 2), buckets.at(-1)];
  return (
    <div className="text-small text-muted tabular-nums">
      <div className="flex gap-2">
        <div aria-hidden="true" className="flex h-40 flex-col justify-between leading-none">
          <span>{max.toLocaleString(locale)}</span>
          <span className="text-right">0</span>
        </div>
        <svg role="img" aria-describedby="usage-summary" className="h-40 min-w-0 flex-1">
          <title>{fill(text.chartTitle, { period: periodName(usage.period, text) })}</title>
          {[0.5, HEIGHT / 2, HEIGHT - 0.5].map((y) => (
            <line key={y} x1="0" x2="100%" y1={y} y2={y} className="stroke-line" />
          ))}
          {bars.map(({ start, total, segments }, index) => (
            <g key={start}>
              {segments.map(({ outcome, top, height }) => (
                <rect
                  key={outcome}
                  x={percent(index + 0.1)}
                  width={percent(0.8)}
                  y={top}
                  height={height}
                  fill={outcomeFill(outcome)}
                />
              ))}
              {total > 0 && (
                <rect x={percent(index)} width={percent(1)} height={HEIGHT} fill="transparent">
                  <BarTitle start={start} bucket={bucket} count={total.toLocaleString(locale)} />
                </rect>
              )}
            </g>
          ))}
        </svg>
      </div>
      <div aria-hidden="true" className="mt-2 flex justify-between gap-2">
        {marks.map((mark) => mark && <BucketMark key={mark.start} start={mark.start} bucket={bucket} />)}
      </div>
      {bucket === "day" ? (
        <p className="mt-2">{text.utcDays}</p>
      ) : (
        <noscript>
          <p className="mt-2">{text.utc}</p>
        </noscript>
      )}
    </div>
  );
}
