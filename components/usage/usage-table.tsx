import { ExactTime } from "#components/ui/exact-time";
import type { Locale, Messages } from "#lib/i18n/schema";
import { OUTCOMES, type Usage } from "#lib/usage/schema";

type UsageTableProps = { usage: Usage; locale: Locale; text: Messages["usage"] };

/** The chart as numbers, newest first. Hours or days without requests are left out. */
export function UsageTable({ usage: { buckets, bucket }, locale, text }: UsageTableProps) {
  const busy = buckets.filter((counts) => OUTCOMES.some((outcome) => counts[outcome] > 0)).toReversed();
  const moment = bucket === "hour" ? text.columns.time : text.day;
  return (
    <>
      <p className="text-small text-muted">{text.emptyRows}</p>
      <table className="w-full text-left text-small tabular-nums max-lg:block">
        <thead className="text-muted max-lg:sr-only">
          <tr>
            <th scope="col" className="py-2 pr-4 font-normal">
              {moment}
            </th>
            {OUTCOMES.map((outcome) => (
              <th key={outcome} scope="col" className="py-2 pl-4 text-right font-normal">
                {text.outcomes[outcome]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-lg:block">
          {busy.map((counts) => (
            <tr key={counts.start} className="border-t border-line max-lg:block max-lg:py-2">
              <th scope="row" className="py-1.5 pr-4 font-normal whitespace-nowrap max-lg:block max-lg:font-medium">
                {bucket === "hour" ? <ExactTime at={counts.start} hasTime /> : counts.start.slice(0, 10)}
              </th>
              {OUTCOMES.map((outcome) => (
                <td key={outcome} data-label={text.outcomes[outcome]} className="lg:py-1.5 lg:pl-4 lg:text-right">
                  {counts[outcome].toLocaleString(locale)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
