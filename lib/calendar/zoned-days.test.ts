import { expect, test } from "vitest";
import { chooseZone, startOfDay, toMoments, toZonedDay, toZonedMoment } from "#lib/calendar/zoned-days";

const start = (day: string, zone: string) => startOfDay(day, zone).toISOString().slice(0, 16);

test("a day begins when it does where the reader is", () => {
  expect(start("2026-12-01", "UTC")).toBe("2026-12-01T00:00");
  expect(start("2026-12-01", "Asia/Taipei")).toBe("2026-11-30T16:00");
  expect(start("2026-12-01", "Asia/Kathmandu")).toBe("2026-11-30T18:15");
  expect(start("2026-12-01", "America/St_Johns")).toBe("2026-12-01T03:30");
});

test("days that the clocks make shorter or longer have their own length", () => {
  expect(start("2026-03-29", "Europe/Berlin")).toBe("2026-03-28T23:00");
  expect(start("2026-03-30", "Europe/Berlin")).toBe("2026-03-29T22:00");
  expect(start("2026-10-25", "Europe/Berlin")).toBe("2026-10-24T22:00");
  expect(start("2026-10-26", "Europe/Berlin")).toBe("2026-10-25T23:00");
});

test("a day whose midnight the clocks leave out, or show twice, begins once", () => {
  // From 00:00 to 01:00.
  expect(start("2026-03-29", "Asia/Beirut")).toBe("2026-03-28T22:00");
  // From 24:00 back to 23:00: the day before has two last hours.
  expect(start("2026-10-25", "Asia/Beirut")).toBe("2026-10-24T22:00");
  // From 01:00 back to 00:00: the day has two first hours.
  expect(start("2026-11-01", "America/Havana")).toBe("2026-11-01T04:00");
});

test("a moment belongs to the day that it has where the reader is, and is told with the distance from UTC", () => {
  const moment = new Date("2026-11-30T18:15:00Z");
  expect(toZonedDay(moment, "Asia/Kathmandu")).toBe("2026-12-01");
  expect(toZonedDay(moment, "America/St_Johns")).toBe("2026-11-30");
  expect(toZonedMoment(moment, "Asia/Kathmandu")).toBe("2026-12-01 00:00:00 UTC+05:45");
  expect(toZonedMoment(moment, "America/St_Johns")).toBe("2026-11-30 14:45:00 UTC-03:30");
  expect(toZonedMoment(moment, "UTC")).toBe("2026-11-30 18:15:00 UTC");
});

test("a time zone that is none is UTC", () => {
  expect(chooseZone("Asia/Kathmandu")).toBe("Asia/Kathmandu");
  for (const odd of [undefined, "", "Mars/Olympus", "x".repeat(5000), "<script>"]) expect(chooseZone(odd)).toBe("UTC");
});

test("days that are filtered by are the reader's, moments are what they are", () => {
  const day = "2026-12-01";
  expect(toMoments({ from: day, to: day }, "Asia/Kathmandu")).toEqual({
    from: "2026-11-30T18:15:00Z",
    to: "2026-12-01T18:14:59Z",
  });
  expect(toMoments({ from: "2026-12-01T10:00:00Z" }, "Asia/Kathmandu")).toEqual({ from: "2026-12-01T10:00:00Z" });
  for (const odd of ["0001-01-01", "9999-12-31"]) expect(toMoments({ from: odd }, "Asia/Tokyo").from).toBe(odd);
});
