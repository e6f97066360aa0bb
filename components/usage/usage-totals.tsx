import { outcomeFill } from "#components/usage/outcome-patterns";
import type { Locale, Messages } from "#lib/i18n/schema";
import { OUTCOMES, type Usage } from "#lib/usage/schema";

type UsageTotalsProps = { totals: Usage["totals"]; locale: Locale; text: Messages["usage"] };

/** The number of requests for each outcome. It is also the legend of the chart's textures. */
export function UsageTotals({ totals, locale, text }: UsageTotalsProps) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-5">
      {OUTCOMES.map((outcome) => (
        <div key={outcome} className="flex flex-col-reverse justify-end">
          <dt className="flex items-start gap-2 text-small text-muted">
            <svg aria-hidden="true" className="mt-1 size-3 shrink-0">
              <rect width="12" height="12" rx="2" fill={outcomeFill(outcome)} className="stroke-edge" />
            </svg>
            <span>{text.outcomes[outcome]}</span>
          </dt>
          <dd className="text-title font-semibold tabular-nums">{totals[outcome].toLocaleString(locale)}</dd>
        </div>
      ))}
    </dl>
  );
}
