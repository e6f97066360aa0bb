const UNITS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** “2 minutes ago”, or “in 3 days”, in the reader's language, in the largest unit that fits. */
export const toTimeAgo = (moment: string, locale: string, now = Date.now()): string => {
  const seconds = (Date.parse(moment) - now) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
};
