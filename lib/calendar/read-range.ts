import type { CalendarRange, CalendarWeek } from "#lib/calendar/schema";

const DAY_MILLISECONDS = 86_400_000;
const WEEK_DAYS = 7;
const THURSDAY = 3;
const [FIRST_YEAR, LAST_YEAR] = [2000, 9000];

/**
 * What the address of a calendar asks for: a week, a month, or else the week of today. Undefined for what is no week
 * and no month.
 */
export const readRange = (
  { week, month }: Record<string, string | string[] | undefined>,
  today: string,
): CalendarRange | undefined => {
  if (month !== undefined && week === undefined) return typeof month === "string" ? readMonth(month) : undefined;
  return readWeek(week ?? toWeek(today));
};

/** The ISO week of a day, which belongs to the year that has its Thursday: `2026-W49`. */
export const toWeek = (day: string): string => {
  const thursday = addDays(toMonday(day), THURSDAY);
  const year = thursday.slice(0, 4);
  const number = Math.floor((toTime(thursday) - toTime(`${year}-01-01`)) / DAY_MILLISECONDS / WEEK_DAYS) + 1;
  return `${year}-W${String(number).padStart(2, "0")}`;
};

/** A day so many days later, or earlier. */
export const addDays = (day: string, count: number): string =>
  new Date(toTime(day) + count * DAY_MILLISECONDS).toISOString().slice(0, 10);

function readWeek(name: string | string[]): CalendarRange | undefined {
  const [, year, number] = /^(\d{4})-W(\d\d)$/.exec(String(name)) ?? [];
  if (!isYear(year)) return undefined;
  // The fourth of January is always in the first week.
  const first = addDays(toMonday(`${year}-01-04`), (Number(number) - 1) * WEEK_DAYS);
  if (toWeek(first) !== name) return undefined;
  const [previous, next] = [-WEEK_DAYS, WEEK_DAYS].map((away) => toWeek(addDays(first, away)));
  const weeks = toWeeks(first, 1);
  return { view: "week", name, first, last: addDays(first, 6), weeks, previous: previous ?? "", next: next ?? "" };
}

function readMonth(name: string): CalendarRange | undefined {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(name) ?? [];
  if (!isYear(year)) return undefined;
  const toMonth = (away: number) => new Date(Date.UTC(Number(year), Number(number) - 1 + away)).toISOString();
  const first = toMonth(0).slice(0, 10);
  const last = addDays(toMonth(1).slice(0, 10), -1);
  const monday = toMonday(first);
  const count = Math.ceil((toTime(last) - toTime(monday) + DAY_MILLISECONDS) / DAY_MILLISECONDS / WEEK_DAYS);
  const [previous, next] = [toMonth(-1).slice(0, 7), toMonth(1).slice(0, 7)];
  return { view: "month", name, first, last, weeks: toWeeks(monday, count), previous, next };
}

function isYear(year: string | undefined): year is string {
  return year !== undefined && Number(year) >= FIRST_YEAR && Number(year) <= LAST_YEAR;
}

function toWeeks(monday: string, count: number): CalendarWeek[] {
  return Array.from({ length: count }, (_, week) => {
    const first = addDays(monday, week * WEEK_DAYS);
    return { name: toWeek(first), days: Array.from({ length: WEEK_DAYS }, (__, day) => addDays(first, day)) };
  });
}

function toMonday(day: string): string {
  return addDays(day, -((new Date(toTime(day)).getUTCDay() + 6) % WEEK_DAYS));
}

function toTime(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
