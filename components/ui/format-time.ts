import { readerAhead } from "#components/ui/reader-zone";

/** `2025-01-15 10:30:00 UTC` */
export const toUtcTime = (at: string): string => `${toDayAndTime(new Date(at))} UTC`;

/** `2025-01-15 18:30:00 UTC+08:00`, by the reader's clocks, or in another time zone. */
export const toLocalTime = (at: string, timeZone?: string): string => {
  const date = new Date(at);
  const ahead = readerAhead(date.getTime(), timeZone);
  const zone = ahead === 0 ? "" : (ahead < 0 ? "-" : "+") + toDayAndTime(new Date(Math.abs(ahead))).slice(11, 16);
  return `${toDayAndTime(new Date(date.getTime() + ahead))} UTC${zone}`;
};

function toDayAndTime(date: Date): string {
  return date.toISOString().slice(0, 19).replace("T", " ");
}
