const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/i;
// Later years are written with six digits, which other parsers do not read.
const LAST_YEAR = 9999;

/** Parses an ISO 8601 time with a zone. Returns undefined for anything else. */
export const readMoment = (text: string): Date | undefined => {
  if (!MOMENT.test(text)) return undefined;
  const moment = new Date(text);
  const isMoment = !Number.isNaN(moment.getTime()) && isOnCalendar(text);
  return isMoment && moment.getUTCFullYear() <= LAST_YEAR ? moment : undefined;
};

// `new Date` reads 31 February as 3 March.
function isOnCalendar(text: string): boolean {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10));
}
