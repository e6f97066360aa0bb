import { z } from "zod";
import { POST_STATUSES } from "#lib/posts/schema";

/** The cookie in which a browser says which time zone it is in: pages are rendered elsewhere. */
export const ZONE_COOKIE = "time_zone";

/** Seven days from Monday on, and what ISO 8601 calls them: `2026-W49`. */
export type CalendarWeek = { name: string; days: string[] };

/** A week or a month of the calendar, as whole weeks from Monday to Sunday. Days are written `2026-11-30`. */
export type CalendarRange = {
  view: "week" | "month";
  /** How an address names it: `2026-W49` or `2026-12`. */
  name: string;
  /** Its own first and last day. */
  first: string;
  last: string;
  weeks: CalendarWeek[];
  previous: string;
  next: string;
};

/** A post as the calendar shows it. */
export const plannedPostSchema = z.object({
  id: z.uuid(),
  status: z.enum(POST_STATUSES),
  scheduled_at: z.iso.datetime({ precision: 0 }),
  /** The same where the reader is: `2025-01-15 18:30:00 UTC+08:00`. */
  local: z.string(),
  text: z.array(z.string()),
  account: z.string(),
});
export type PlannedPost = z.infer<typeof plannedPostSchema>;

/** What is planned for a day: the first posts of it, and how many more there are. */
export type PlannedDay = {
  posts: PlannedPost[];
  more: number;
  /** Nobody counted further. */
  isMoreThanThat: boolean;
};
