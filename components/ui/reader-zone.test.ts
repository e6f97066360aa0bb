import { afterEach, expect, test, vi } from "vitest";
import { findMoments } from "./find-moments";
import { toLocalTime } from "./format-time";
import { toTimeAgo } from "./to-time-ago";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

const readIn = (zone: string | undefined, computer = "America/New_York") => {
  vi.stubEnv("TZ", computer);
  vi.stubGlobal("document", { documentElement: { dataset: { timeZone: zone } } });
};

test.each([
  ["Asia/Kathmandu", "2026-06-30T20:15:00Z", "2026-07-01 02:00:00 UTC+05:45"],
  ["Europe/Berlin", "2026-06-30T22:00:00Z", "2026-07-01 00:00:00 UTC+02:00"],
  ["Europe/Berlin", "2026-12-31T23:59:59Z", "2027-01-01 00:59:59 UTC+01:00"],
  ["Pacific/Marquesas", "2026-01-01T00:00:00Z", "2025-12-31 14:30:00 UTC-09:30"],
  ["UTC", "2026-01-01T00:00:00Z", "2026-01-01 00:00:00 UTC"],
])("times are those of the zone that was chosen: %s", (zone, at, shown) => {
  readIn(zone);
  expect(toLocalTime(at)).toBe(shown);
});

test("without a choice they are the computer's", () => {
  readIn(undefined, "Asia/Taipei");
  expect(toLocalTime("2026-01-01T00:00:00Z")).toBe("2026-01-01 08:00:00 UTC+08:00");
});

test("what is typed is read in the zone that was chosen, also where its clocks change", () => {
  readIn("Europe/Berlin");
  expect(findMoments("2027-06-01T12:00")).toEqual({ kind: "once", at: new Date("2027-06-01T10:00:00Z") });
  expect(findMoments("2027-03-28T02:30")).toMatchObject({ kind: "never", at: new Date("2027-03-28T01:30:00Z") });
  expect(findMoments("2027-10-31T02:30")).toEqual({
    kind: "twice",
    at: new Date("2027-10-31T00:30:00Z"),
    again: new Date("2027-10-31T01:30:00Z"),
  });
  expect(findMoments("0001-01-01T00:00")?.at.getUTCFullYear()).toBe(0);
});

test("tomorrow begins at midnight in the zone that was chosen", () => {
  const now = Date.parse("2027-01-15T12:00:00Z");
  readIn("Pacific/Kiritimati");
  expect(toTimeAgo("2027-01-16T12:00:01Z", "en", now)).toBe("tomorrow");
  expect(toTimeAgo("2027-01-17T11:00:00Z", "en", now)).toBe("in 2 days");
  readIn("Pacific/Niue");
  expect(toTimeAgo("2027-01-17T10:59:00Z", "en", now)).toBe("tomorrow");
});
