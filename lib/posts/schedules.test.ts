import { expect, test } from "vitest";
import { readSchedule } from "#lib/posts/read-schedule";

const read = (scheduledAt: string) => readSchedule({ post: { scheduledAt } })?.toISOString();

test("the last year that can be written with four digits is a time like others", () => {
  expect(read("9999-12-31T23:59:59Z")).toBe("9999-12-31T23:59:59.000Z");
});

test.each(["9999-12-31T23:59:59-12:00", "20261-01-01T00:00:00Z", "+020261-01-01T00:00:00Z", "2027-02-31T10:00:00Z"])(
  "%s is refused: nobody could be told when that is",
  (time) => {
    expect(() => read(time)).toThrow("Use an ISO 8601 time with a time zone");
  },
);

test.each([
  { options: { scheduledAt: "2030-01-01T00:00:00Z" } },
  { when: "2030-01-01T00:00:00Z" },
  { date: "2030-01-01" },
  { options: [{ delay: 5 }] },
])("what is meant for later is found in what is meant for a network: %j", (more) => {
  expect(() => readSchedule({ post: { text: "t", target: { targetType: "sandbox", ...more } } })).toThrow(
    expect.objectContaining({ code: "InvalidSchedule" }),
  );
});
