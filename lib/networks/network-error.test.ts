import { expect, test } from "vitest";
import { readPause } from "#lib/networks/network-error";

const HOUR = 3_600_000;

/** How many seconds an answer asks for, about. */
const wait = (status: number, headers: Record<string, string>) => {
  const until = readPause({ status, headers }, "ratelimit-reset");
  return until && Math.round((until.getTime() - Date.now()) / 1000);
};
const inSeconds = (seconds: number, ahead = 0) => new Date(Date.now() + ahead + seconds * 1000);
const toEpoch = (moment: Date) => String(Math.round(moment.getTime() / 1000));

test("too many requests are answered with a number of seconds, a date, or the moment of the limit's reset", () => {
  expect(wait(429, { "retry-after": "60" })).toBe(60);
  expect(wait(429, { "retry-after": inSeconds(60).toUTCString() })).toBeCloseTo(60, -1);
  expect(wait(429, { "ratelimit-reset": toEpoch(inSeconds(60)) })).toBeCloseTo(60, -1);
  expect(wait(429, { "ratelimit-reset": inSeconds(60).toISOString() })).toBeCloseTo(60, -1);
  expect(wait(429, { "ratelimit-reset": "60" })).toBe(60);
  expect(wait(429, { "retry-after": "5", "ratelimit-reset": "60" })).toBe(5);
});

test.each([200, 400, 401, 403, 500, 502, 504, 520])("after %i an hour until the reset is no time to wait", (status) => {
  expect(wait(status, { "ratelimit-reset": toEpoch(inSeconds(3600)), "retry-after": "3600" })).toBeUndefined();
});

test("a server that is being looked after says in Retry-After when it is back, and only there", () => {
  expect(wait(503, { "retry-after": "60" })).toBe(60);
  expect(wait(503, { "ratelimit-reset": toEpoch(inSeconds(3600)) })).toBeUndefined();
});

test.each([-HOUR, HOUR])("a moment is one of the server's clock, even if that is %i ms off", (ahead) => {
  const date = inSeconds(0, ahead).toUTCString();
  expect(wait(429, { date, "ratelimit-reset": toEpoch(inSeconds(60, ahead)) })).toBeCloseTo(60, -1);
  expect(wait(429, { date, "ratelimit-reset": inSeconds(60, ahead).toISOString() })).toBeCloseTo(60, -1);
  expect(wait(429, { date, "retry-after": inSeconds(60, ahead).toUTCString() })).toBeCloseTo(60, -1);
});

test("nobody waits for more than a day, or for what is past or no time at all", () => {
  expect(wait(429, { "retry-after": "999999999" })).toBe(86_400);
  expect(wait(429, { "ratelimit-reset": "999999999999" })).toBe(86_400);
  expect(wait(429, { "ratelimit-reset": toEpoch(inSeconds(-60)) })).toBe(0);
  for (const told of ["soon", "", "-5", "NaN"]) expect(wait(429, { "ratelimit-reset": told })).toBeUndefined();
  expect(wait(429, {})).toBeUndefined();
});
