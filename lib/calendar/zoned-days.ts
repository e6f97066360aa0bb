const DAY_MILLISECONDS = 86_400_000;

/** The day that a moment has in a time zone: `2026-11-30`. */
export const toZonedDay = (moment: Date, timeZone: string): string => toWall(moment.getTime(), timeZone).slice(0, 10);

/** `2025-01-15 18:30:00 UTC+08:00`, in a time zone. */
export const toZonedMoment = (moment: Date, timeZone: string): string => {
  const away = toAway(moment.getTime(), timeZone);
  const distance = new Date(Math.abs(away)).toISOString().slice(11, 16);
  return `${toWall(moment.getTime(), timeZone).replace("T", " ")} UTC${away === 0 ? "" : (away < 0 ? "-" : "+") + distance}`;
};

/** The first moment of a day in a time zone, also where the clocks are changed at midnight. */
export const startOfDay = (day: string, timeZone: string): Date => {
  const wall = Date.parse(`${day}T00:00:00Z`);
  // No zone changes twice within two days, so that these are the only distances from UTC that can be meant.
  const away = [wall - DAY_MILLISECONDS, wall + DAY_MILLISECONDS].map((at) => toAway(at, timeZone));
  const moments = away.map((distance) => new Date(wall - distance)).sort((one, other) => Number(one) - Number(other));
  return moments.find((moment) => toZonedDay(moment, timeZone) === day) ?? moments.at(-1) ?? new Date(wall);
};

function toAway(at: number, timeZone: string): number {
  return Date.parse(`${toWall(at, timeZone)}Z`) - Math.floor(at / 1000) * 1000;
}

// What clocks show there, as they would be written in UTC.
function toWall(at: number, timeZone: string): string {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
  const format = new Intl.DateTimeFormat("en", { ...options, second: "2-digit", hourCycle: "h23", timeZone });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const { year = "", month, day, hour, minute, second } = parts;
  return `${year.padStart(4, "0")}-${month}-${day}T${hour}:${minute}:${second}`;
}
