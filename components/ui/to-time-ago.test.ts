import { expect, test } from "vitest";
import { toTimeAgo } from "#components/ui/to-time-ago";

const now = new Date(2026, 11, 1, 1, 20).getTime();
const ago = (...at: [year: number, month: number, day: number, hour: number, minute: number]) =>
  toTimeAgo(new Date(...at).toISOString(), "en", now);

test("days are those of the reader's calendar", () => {
  expect(ago(2026, 11, 3, 1, 19)).toBe("in 2 days");
  expect(ago(2026, 11, 2, 23, 0)).toBe("tomorrow");
  expect(ago(2026, 10, 29, 23, 0)).toBe("2 days ago");
});

test("within a day it counts hours, minutes and seconds", () => {
  expect(ago(2026, 11, 2, 0, 20)).toBe("in 23 hours");
  expect(ago(2026, 11, 1, 1, 18)).toBe("2 minutes ago");
  expect(ago(2026, 11, 1, 1, 20)).toBe("now");
});
