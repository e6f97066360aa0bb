import type { CalendarRange, CalendarWeek } from "#lib/calendar/schema";
import { toMoment } from "#lib/db/sql-values";

const DAY_MILLISECONDS = 86_400_000;

/** The day of a moment in a time zone: `2026-11-30`. */
export const toZonedDay = (moment: Date, timeZone: string): string => toWall(moment.getTime(), timeZone).slice(0, 10);

/** A moment in a time zone: `2025-01-15 18:30:00 UTC+08:00`. */
export const toZonedMoment = (moment: Date, timeZone: string): string => {
  const away = toAway(moment.getTime(), timeZone);
  const distance = new Date(Math.abs(away)).toISOString().slice(11, 16);
  return `${toWall(moment.getTime(), timeZone).replace("T", " ")} UTC${away === 0 ? "" : (away < 0 ? "-" : "+") + distance}`;
};

/** The first moment of a day in a time zone, even if the clocks change at midnight. */
export const startOfDay = (day: string, timeZone: string): Date => {
  const wall = Date.parse(`${day}T00:00:00Z`);
  // No zone changes twice within two days, so no other UTC offset is possible.
  const away = [wall - DAY_MILLISECONDS, wall + DAY_MILLISECONDS].map((at) => toAway(at, timeZone));
  const moments = away.map((distance) => new Date(wall - distance)).sort((one, other) => Number(one) - Number(other));
  return moments.find((moment) => toZonedDay(moment, timeZone) === day) ?? moments.at(-1) ?? new Date(wall);
};

function toAway(at: number, timeZone: string): number {
  return Date.parse(`${toWall(at, timeZone)}Z`) - Math.floor(at / 1000) * 1000;
}

// Local time in the zone, written as if it were UTC.
function toWall(at: number, timeZone: string): string {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
  const format = new Intl.DateTimeFormat("en", { ...options, second: "2-digit", hourCycle: "h23", timeZone });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const { year = "", month, day, hour, minute, second } = parts;
  return `${year.padStart(4, "0")}-${month}-${day}T${hour}:${minute}:${second}`;
}

const WEEK_DAYS = 7;
const THURSDAY = 3;
const [FIRST_YEAR, LAST_YEAR] = [2000, 9000];

/**
 * The range that a calendar's address asks for: a week, a month, or by default this week. Undefined when it is not valid.
 */
export const readRange = (
  { week, month }: Record<string, string | string[] | undefined>,
  today: string,
): CalendarRange | undefined => {
  if (month !== undefined && week === undefined) return typeof month === "string" ? readMonth(month) : undefined;
  return readWeek(week ?? toWeek(today));
};

/** The ISO week of a day: `2026-W49`. A week belongs to the year of its Thursday. */
export const toWeek = (day: string): string => {
  const thursday = addDays(toMonday(day), THURSDAY);
  const year = thursday.slice(0, 4);
  const number = Math.floor((toTime(thursday) - toTime(`${year}-01-01`)) / DAY_MILLISECONDS / WEEK_DAYS) + 1;
  return `${year}-W${String(number).padStart(2, "0")}`;
};

/** The day this many days later, or earlier if negative. */
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

type Days = { from?: string | undefined; to?: string | undefined };

// Every clock and calendar agrees on the days of these years. No log entry lies outside them.
const [EARLIEST, LATEST] = ["1971-01-01", "9998-12-31"];

/** Converts local days to their first and last second. Values that are already moments stay as they are. */
export const toMoments = ({ from, to }: Days, timeZone: string): Days => ({
  from: from && isDay(from) ? toMoment(startOfDay(from, timeZone)) : from,
  to: to && isDay(to) ? toMoment(new Date(startOfDay(addDays(to, 1), timeZone).getTime() - 1000)) : to,
});

function isDay(text: string): boolean {
  return !text.includes("T") && text >= EARLIEST && text <= LATEST;
}

const LONGEST_NAME = 64;

/** The time zone from the browser's cookie, or UTC when there is none or it is unknown here. */
export const chooseZone = (cookie: string | undefined): string => {
  if (!cookie || cookie.length > LONGEST_NAME) return "UTC";
  try {
    new Intl.DateTimeFormat("en", { timeZone: cookie });
    return cookie;
  } catch {
    return "UTC";
  }
};
