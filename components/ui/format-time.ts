/** `2025-01-15 10:30:00 UTC` */
export const toUtcTime = (at: string): string => `${toDayAndTime(new Date(at))} UTC`;

/** `2025-01-15 18:30:00 UTC+08:00`, in the time zone of the reader's computer. */
export const toLocalTime = (at: string): string => {
  const date = new Date(at);
  const ahead = -date.getTimezoneOffset();
  const [hours, minutes] = [Math.trunc(Math.abs(ahead) / 60), Math.abs(ahead) % 60].map((n) => `${n}`.padStart(2, "0"));
  const zone = ahead === 0 ? "" : `${ahead < 0 ? "-" : "+"}${hours}:${minutes}`;
  return `${toDayAndTime(new Date(date.getTime() + ahead * 60_000))} UTC${zone}`;
};

function toDayAndTime(date: Date): string {
  return date.toISOString().slice(0, 19).replace("T", " ");
}
