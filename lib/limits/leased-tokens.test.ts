import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeRequest, type Lease, toAllowance } from "#lib/limits/spend-request";
import { type Bucket, LEASE_SECONDS, takeFromBucket } from "#lib/limits/take-tokens";

/** Instances that share one bucket, each with a lease of its own, on a clock that the test turns. */
const shareBucket = (limit: number) => {
  const leases = new Map<number, Lease>();
  let bucket: Bucket | undefined;
  return (instance: number, spare: number, now: number) => {
    const known = leases.get(instance);
    const verdict = known ? judgeRequest(known, limit, now) : "ask";
    if (known && verdict !== "ask") {
      if (verdict === "allow") known.inHand--;
      return toAllowance(verdict === "allow", known, now);
    }
    const { granted, ...left } = takeFromBucket(bucket, { limit, needed: 1, spare }, now);
    bucket = left;
    const goodUntil = now + LEASE_SECONDS * 1000;
    const lease = { limit, inHand: Math.max(0, granted - 1), goodUntil, bucket };
    leases.set(instance, lease);
    return toAllowance(granted > 0, lease, now);
  };
};

/** The most that was allowed in any window, less what refilled in it. */
const mostBeyondRefill = (allowed: number[], limit: number): number => {
  let most = 0;
  let best = Number.NEGATIVE_INFINITY;
  for (const [index, moment] of allowed.entries()) {
    const refilled = (moment * limit) / 60_000;
    best = Math.max(best, refilled - index);
    most = Math.max(most, index + 1 - refilled + best);
  }
  return most;
};

const calls = fc.array(
  fc.record({
    instance: fc.nat(2),
    spare: fc.nat(20),
    pause: fc.oneof(fc.constant(0), fc.nat(50), fc.nat(1500), fc.nat(70_000)),
    repeat: fc.integer({ min: 1, max: 40 }),
  }),
  { maxLength: 40 },
);

test("over any time at all no more is allowed than the limit and what refills meanwhile, leases and instances included", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 1200 }), calls, (limit, steps) => {
      const call = shareBucket(limit);
      const allowed: number[] = [];
      let now = 0;
      for (const { instance, spare, pause, repeat } of steps) {
        now += pause;
        for (let time = 0; time < repeat; time++) {
          if (call(instance, Math.min(spare, Math.floor(limit / 2)), now).isAllowed) allowed.push(now);
        }
      }
      expect(mostBeyondRefill(allowed, limit)).toBeLessThanOrEqual(limit + 1e-3);
    }),
    { numRuns: 300 },
  );
});

test("spare tokens in hand and a bucket that refilled meanwhile are not more than the limit together", () => {
  const call = shareBucket(600);
  call(0, 5, 0);
  const burst = Array.from({ length: 700 }, () => call(0, 0, 999));
  expect(burst.filter(({ isAllowed }) => isAllowed).length).toBeLessThanOrEqual(600);
});

test("whoever is refused and waits for as long as told is allowed, when nobody else asks", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(100_000), fc.nat(20), (limit, start, spare) => {
      const call = shareBucket(limit);
      let answer = call(0, 0, start);
      for (let count = 0; count < limit && answer.isAllowed; count++) answer = call(0, 0, start);
      expect(answer).toMatchObject({ isAllowed: false, remaining: 0 });
      expect(Number.isInteger(answer.retrySeconds) && answer.retrySeconds >= 1).toBe(true);
      expect(call(0, spare, start + answer.retrySeconds * 1000).isAllowed).toBe(true);
    }),
  );
});

test("a lease is good for a second and for its limit alone", () => {
  const lease = { limit: 600, inHand: 4, goodUntil: 1000, bucket: { tokens: 100, refilledAt: 0 } };
  expect(judgeRequest(lease, 600, 999)).toBe("allow");
  expect(judgeRequest(lease, 600, 1000)).toBe("ask");
  expect(judgeRequest(lease, 60, 1)).toBe("ask");
});

test("what remains and when it is whole again is told in whole numbers", () => {
  const lease = { limit: 600, inHand: 4, goodUntil: 1000, bucket: { tokens: 100.5, refilledAt: 0 } };
  expect(toAllowance(true, lease, 0)).toMatchObject({ limit: 600, remaining: 104, resetSeconds: 50 });
  expect(toAllowance(true, lease, 1000)).toMatchObject({ remaining: 110, resetSeconds: 49 });
  expect(toAllowance(true, lease, 90_000)).toMatchObject({ remaining: 600, resetSeconds: 0 });
});
