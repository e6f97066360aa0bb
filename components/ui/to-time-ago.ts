import { readerAhead } from "#components/ui/reader-zone";

const DAY_MILLISECONDS = 86_400_000;
const UNITS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** “2 minutes ago”, or “in 3 days”, in the reader's language and the largest unit that fits. */
export const toTimeAgo = (moment: string, locale: string, now = Date.now()): string => {
  const seconds = (Date.parse(moment) - now) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  // Tomorrow is the next day of the reader's calendar, not the moment 24 hours from now.
  const count = unit === "day" ? countDays(now, Date.parse(moment)) : Math.trunc(seconds / size);
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(count, unit);
};

function countDays(from: number, to: number): number {
  const [first, last] = [from, to].map((at) => Math.floor((at + readerAhead(at)) / DAY_MILLISECONDS));
  return (last ?? 0) - (first ?? 0);
}
