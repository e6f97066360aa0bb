import { expect, test } from "vitest";
import {
  chooseZone,
  readRange,
  startOfDay,
  toMoments,
  toWeek,
  toZonedDay,
  toZonedMoment,
} from "#lib/calendar/zoned-days";

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

test("a day that a zone left out is empty: it begins with the next one", () => {
  expect(start("2011-12-30", "Pacific/Apia")).toBe("2011-12-30T10:00");
  expect(start("2011-12-31", "Pacific/Apia")).toBe("2011-12-30T10:00");
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

const TODAY = "2026-11-30";

test("an address that says nothing means the week of today", () => {
  expect(readRange({}, TODAY)).toEqual({
    view: "week",
    name: "2026-W49",
    first: "2026-11-30",
    last: "2026-12-06",
    weeks: [
      {
        name: "2026-W49",
        days: ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-05", "2026-12-06"],
      },
    ],
    previous: "2026-W48",
    next: "2026-W50",
  });
});

test("where both a week and a month are named, the week is meant", () => {
  expect(readRange({ week: "2026-W49", month: "2027-02" }, TODAY)).toMatchObject({ view: "week", name: "2026-W49" });
});

test("a Sunday is the last day of its week, a Monday the first", () => {
  expect(toWeek("2026-12-06")).toBe("2026-W49");
  expect(toWeek("2026-12-07")).toBe("2026-W50");
});

test("weeks at the turn of a year belong to the year that has their Thursday", () => {
  expect(toWeek("2027-01-03")).toBe("2026-W53");
  expect(toWeek("2024-12-30")).toBe("2025-W01");
  expect(readRange({ week: "2026-W53" }, TODAY)).toMatchObject({ first: "2026-12-28", next: "2027-W01" });
  expect(readRange({ week: "2025-W01" }, TODAY)).toMatchObject({ first: "2024-12-30", previous: "2024-W52" });
});

test("a month is shown as whole weeks, and knows its own days", () => {
  const range = readRange({ month: "2026-12" }, TODAY);
  expect(range).toMatchObject({ first: "2026-12-01", last: "2026-12-31", previous: "2026-11", next: "2027-01" });
  expect(range?.weeks.map(({ days: [monday] }) => monday)).toEqual([
    "2026-11-30",
    "2026-12-07",
    "2026-12-14",
    "2026-12-21",
    "2026-12-28",
  ]);
  // A February of four weeks that begins on a Monday, and a month that needs six.
  expect(readRange({ month: "2027-02" }, TODAY)?.weeks).toHaveLength(4);
  expect(readRange({ month: "2026-08" }, TODAY)?.weeks).toHaveLength(6);
  expect(readRange({ month: "2024-02" }, TODAY)).toMatchObject({ last: "2024-02-29" });
});

test("what is no week and no month is nothing", () => {
  for (const week of ["", "2026-W00", "2026-W54", "2025-W53", "2026-w49", "0026-W01", "9999-W52", "2026-12"]) {
    expect(readRange({ week }, TODAY), week).toBeUndefined();
  }
  for (const month of ["", "2026-00", "2026-13", "2026-1", "0000-01", "9999-12", ["2026-12", "2026-11"]]) {
    expect(readRange({ month }, TODAY), String(month)).toBeUndefined();
  }
  expect(readRange({ week: ["2026-W49", "2026-W50"] }, TODAY)).toBeUndefined();
});
