import type { CalendarRange } from "#lib/calendar/schema";
import type { Locale } from "#lib/i18n/schema";

/** “30 Nov – 6 Dec 2026” or “December 2026”, in the reader's language. */
export const toRangeName = ({ view, first, last }: CalendarRange, locale: Locale): string =>
  view === "month"
    ? format(locale, { year: "numeric", month: "long" }).format(toDate(first))
    : format(locale, { year: "numeric", month: "short", day: "numeric" }).formatRange(toDate(first), toDate(last));

/** “Mon”, for a column header. */
export const toWeekdayName = (day: string, locale: Locale): string =>
  format(locale, { weekday: "short" }).format(toDate(day));

/** “Monday, 30 November”, for a day outside the grid. */
export const toDayName = (day: string, locale: Locale): string =>
  format(locale, { weekday: "long", month: "long", day: "numeric" }).format(toDate(day));

// A day is not a moment. In UTC it has the same name on every computer.
function format(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
}

function toDate(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
