import { z } from "zod";
import { POST_STATUSES } from "#lib/posts/schema";

/** The cookie that holds the browser's time zone, because the server renders the pages. */
export const ZONE_COOKIE = "time_zone";

/** Seven days from Monday, and their ISO 8601 name: `2026-W49`. */
export type CalendarWeek = { name: string; days: string[] };

/** A week or a month, as whole weeks from Monday to Sunday. Days are written as `2026-11-30`. */
export type CalendarRange = {
  view: "week" | "month";
  /** Its name in an address: `2026-W49` or `2026-12`. */
  name: string;
  /** The first and last day of the range itself. */
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
  /** The same time in the reader's zone: `2025-01-15 18:30:00 UTC+08:00`. */
  local: z.string(),
  text: z.array(z.string()),
  account: z.string(),
});
export type PlannedPost = z.infer<typeof plannedPostSchema>;

/** The plan for a day: its first posts, and how many more there are. */
export type PlannedDay = {
  posts: PlannedPost[];
  more: number;
  /** Whether counting stopped at its limit. */
  isMoreThanThat: boolean;
};
