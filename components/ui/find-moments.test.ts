import { afterEach, expect, test, vi } from "vitest";
import { findEndOfDay, findMoments } from "./find-moments";

afterEach(() => void vi.unstubAllEnvs());

const inZone = (zone: string, local: string) => {
  vi.stubEnv("TZ", zone);
  const found = findMoments(local);
  if (!found) return undefined;
  const moments = found.kind === "twice" ? [found.at, found.again] : [found.at];
  return [found.kind, ...moments.map((moment) => moment.toISOString().replace(":00.000Z", "Z"))];
};

test.each([
  ["UTC", "2027-03-28T02:30", ["once", "2027-03-28T02:30Z"]],
  ["Asia/Taipei", "2040-01-01T00:00", ["once", "2039-12-31T16:00Z"]],
  ["Asia/Kathmandu", "2027-03-28T02:30", ["once", "2027-03-27T20:45Z"]],
  ["Pacific/Kiritimati", "2027-01-01T00:00", ["once", "2026-12-31T10:00Z"]],
  ["Pacific/Niue", "2027-01-01T23:59", ["once", "2027-01-02T10:59Z"]],
  ["Europe/Berlin", "2027-03-28T01:59", ["once", "2027-03-28T00:59Z"]],
  ["Europe/Berlin", "2027-03-28T03:00", ["once", "2027-03-28T01:00Z"]],
  ["Europe/Berlin", "2027-10-31T01:59", ["once", "2027-10-30T23:59Z"]],
  ["Europe/Berlin", "2027-10-31T03:00", ["once", "2027-10-31T02:00Z"]],
])("in %s %s is one moment", (zone, local, moments) => {
  expect(inZone(zone, local)).toEqual(moments);
});

test.each([
  ["Europe/Berlin", "2027-03-28T02:00", "2027-03-28T01:00Z"],
  ["Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:30Z"],
  ["America/New_York", "2027-03-14T02:59", "2027-03-14T07:59Z"],
  ["America/St_Johns", "2027-03-14T02:30", "2027-03-14T06:00Z"],
  ["Australia/Lord_Howe", "2027-10-03T02:15", "2027-10-02T15:45Z"],
  ["Africa/Cairo", "2027-04-30T00:30", "2027-04-29T22:30Z"],
  ["Asia/Beirut", "2027-03-28T00:00", "2027-03-27T22:00Z"],
  ["Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00Z"],
])("in %s clocks never show %s, and it is meant as they were before", (zone, local, at) => {
  expect(inZone(zone, local)).toEqual(["never", at]);
});

test.each([
  ["Europe/Berlin", "2027-10-31T02:30", "2027-10-31T00:30Z", "2027-10-31T01:30Z"],
  ["America/New_York", "2027-11-07T01:00", "2027-11-07T05:00Z", "2027-11-07T06:00Z"],
  ["America/St_Johns", "2027-11-07T01:30", "2027-11-07T04:00Z", "2027-11-07T05:00Z"],
  ["Australia/Lord_Howe", "2027-04-04T01:45", "2027-04-03T14:45Z", "2027-04-03T15:15Z"],
  ["Africa/Cairo", "2027-10-28T23:30", "2027-10-28T20:30Z", "2027-10-28T21:30Z"],
  ["Asia/Beirut", "2027-10-30T23:59", "2027-10-30T20:59Z", "2027-10-30T21:59Z"],
])("in %s clocks show %s twice", (zone, local, first, second) => {
  expect(inZone(zone, local)).toEqual(["twice", first, second]);
});

test.each(["", "20261-01-01T10:00", "275760-09-13T00:00", "2027-02-31T10:00", "2027-13-01T10:00", "2027-01-01", "x"])(
  "%j is no time",
  (local) => {
    expect(inZone("Europe/Berlin", local)).toBeUndefined();
  },
);

test("the years at the ends of the calendar are years", () => {
  expect(inZone("UTC", "0001-01-01T00:00")).toEqual(["once", "0001-01-01T00:00Z"]);
  expect(inZone("UTC", "9999-12-31T23:59")).toEqual(["once", "9999-12-31T23:59Z"]);
});

test.each([
  ["UTC", "2027-02-28", "2027-02-28T23:59:59.000Z"],
  ["Asia/Taipei", "2027-12-31", "2027-12-31T15:59:59.000Z"],
  ["Africa/Cairo", "2027-04-29", "2027-04-29T21:59:59.000Z"],
  ["Africa/Cairo", "2027-10-28", "2027-10-28T21:59:59.000Z"],
  ["Asia/Beirut", "2027-10-30", "2027-10-30T21:59:59.000Z"],
  ["America/Havana", "2027-11-06", "2027-11-07T03:59:59.000Z"],
])("in %s the day %s is over when the next one begins", (zone, day, end) => {
  vi.stubEnv("TZ", zone);
  expect(findEndOfDay(day)?.toISOString()).toBe(end);
});

test.each(["", "20261-01-01", "2027-02-31"])("%j is no day that ends", (day) => {
  expect(findEndOfDay(day)).toBeUndefined();
});
