/** `2025-01-15 10:30:00 UTC` */
export const toUtcTime = (at: string): string => `${toDayAndTime(new Date(at))} UTC`;

/** `2025-01-15 18:30:00 UTC+08:00`, in the time zone of the reader's computer. */
export const toLocalTime = (at: string): string => {
  const date = new Date(at);
  const ahead = -date.getTimezoneOffset() * 60_000;
  const zone = ahead === 0 ? "" : (ahead < 0 ? "-" : "+") + toDayAndTime(new Date(Math.abs(ahead))).slice(11, 16);
  return `${toDayAndTime(new Date(date.getTime() + ahead))} UTC${zone}`;
};

function toDayAndTime(date: Date): string {
  return date.toISOString().slice(0, 19).replace("T", " ");
}
