import { periodName } from "#components/usage/period-name";
import { fill, type Locale, type Messages } from "#lib/i18n/schema";
import { type Counts, OUTCOMES, type Usage } from "#lib/usage/schema";

/**
 * A usage chart in sentences: how many requests, how many succeeded, and when the peak was. Hours keep the ISO format. Days
 * are in UTC.
 */
export const describeUsage = (usage: Usage, locale: Locale, text: Messages["usage"]): string[] => {
  const { totals, buckets, bucket } = usage;
  const period = periodName(usage.period, text);
  const write = (count: number) => count.toLocaleString(locale);
  const busiest = buckets.reduce((most, one) => (countAdmitted(one) > countAdmitted(most) ? one : most));
  const moment = bucket === "hour" ? busiest.start : `${busiest.start.slice(0, 10)} UTC`;
  const counts = { total: write(countAdmitted(totals)), ok: write(totals.ok), most: write(countAdmitted(busiest)) };
  const admitted = fill(countAdmitted(totals) === 0 ? text.quiet : text.summary, { period, moment, ...counts });
  return totals.refused === 0 ? [admitted] : [admitted, fill(text.refusedApart, { refused: write(totals.refused) })];
};

function countAdmitted(counts: Counts): number {
  return OUTCOMES.reduce((sum, outcome) => (outcome === "refused" ? sum : sum + counts[outcome]), 0);
}
