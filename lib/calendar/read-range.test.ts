import { expect, test } from "vitest";
import { readRange, toWeek } from "#lib/calendar/zoned-days";

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
