import { expect, test } from "vitest";
import { readRetryAfter } from "#lib/outbound/read-body";

const NOW = new Date("2026-03-01T12:00:00Z");
const read = (told: string) => readRetryAfter({ "retry-after": told }, NOW)?.toISOString();

test("seconds count from now, and a date is that date", () => {
  expect(read("0")).toBe("2026-03-01T12:00:00.000Z");
  expect(read("90")).toBe("2026-03-01T12:01:30.000Z");
  expect(read("Sun, 01 Mar 2026 13:00:00 GMT")).toBe("2026-03-01T13:00:00.000Z");
});

test.each(["", "-1", "1.5", "soon", "9999999999", "2026-03-01", "GMT"])("%j says nothing", (told) => {
  expect(read(told)).toBeUndefined();
});

test("an answer without it says nothing", () => {
  expect(readRetryAfter({}, NOW)).toBeUndefined();
});
