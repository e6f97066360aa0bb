import { expect, test } from "vitest";
import { toSince } from "#lib/leaks/list-open-leaks";

const LEAK = { reported_at: "2025-06-30T12:00:00Z" };

test("a day that was asked for is taken as it is", () => {
  expect(toSince("2024-02-29", "2025-01-15T10:30:00Z", LEAK)).toBe("2024-02-29");
});

test.each([undefined, "", "yesterday", "2025-02-30", "0000-01-01", "2025-01-01T00:00:00Z", "-2025-01-01"])(
  "%j is no day, so a month before the report is shown",
  (asked) => {
    expect(toSince(asked, "2025-01-15T10:30:00Z", LEAK)).toBe("2025-05-31");
  },
);

test("nothing is older than the key", () => {
  expect(toSince(undefined, "2025-06-20T10:30:00Z", LEAK)).toBe("2025-06-20");
});
