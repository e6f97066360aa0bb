import { addDays } from "#lib/calendar/read-range";
import { startOfDay } from "#lib/calendar/zoned-days";
import { toMoment } from "#lib/db/to-moment";

type Days = { from?: string | undefined; to?: string | undefined };

// Days of years that every clock and calendar agrees on. Of others nobody has a log.
const [EARLIEST, LATEST] = ["1971-01-01", "9998-12-31"];

/** The first and the last second of days as they are where the reader is. What is a moment already stays one. */
export const toMoments = ({ from, to }: Days, timeZone: string): Days => ({
  from: from && isDay(from) ? toMoment(startOfDay(from, timeZone)) : from,
  to: to && isDay(to) ? toMoment(new Date(startOfDay(addDays(to, 1), timeZone).getTime() - 1000)) : to,
});

function isDay(text: string): boolean {
  return !text.includes("T") && text >= EARLIEST && text <= LATEST;
}
