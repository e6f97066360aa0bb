import { expect, test } from "vitest";
import { MAX_TRIES, planNextTry } from "#lib/due/plan-next-try";

const NOW = new Date("2026-03-01T12:00:00Z");
const HOUR_MILLISECONDS = 3_600_000;

const plan = (tries: number, random = 0.5, retryAt?: Date) => planNextTry({ tries, random, retryAt, now: NOW });
const toWait = (next: Date | undefined) => (next?.getTime() ?? Number.NaN) - NOW.getTime();

test("nine tries take about a day, each wait longer than the one before", () => {
  for (const random of [0, 0.5, 1]) {
    const waits = Array.from({ length: MAX_TRIES - 1 }, (_, index) => toWait(plan(index + 1, random)));
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    const hours = waits.reduce((sum, wait) => sum + wait) / HOUR_MILLISECONDS;
    expect(hours).toBeGreaterThan(20);
    expect(hours).toBeLessThan(27);
  }
  expect(plan(MAX_TRIES)).toBeUndefined();
});

test("those who failed at the same time do not all come back at the same time", () => {
  const waits = Array.from({ length: 50 }, () => toWait(planNextTry({ tries: 3, retryAt: undefined, now: NOW })));
  expect(new Set(waits).size).toBeGreaterThan(10);
});

test("a receiver may ask for more time, up to a day, and not for less", () => {
  const later = (hours: number) => new Date(NOW.getTime() + hours * HOUR_MILLISECONDS);
  expect(plan(1, 0.5, later(2))).toEqual(later(2));
  expect(plan(1, 0.5, later(1000))).toEqual(later(24));
  expect(plan(4, 0.5, later(-1))).toEqual(plan(4));
});
