import fc from "fast-check";
import { expect, test } from "vitest";
import { type Bucket, momentOf, takeFromBucket } from "#lib/limits/take-tokens";

const limits = fc.integer({ min: 1, max: 100_000 });
const pauses = fc.integer({ min: 0, max: 90_000 });

test("a full bucket gives its limit at once and no more", () => {
  fc.assert(
    fc.property(limits, fc.nat(1000), (limit, more) => {
      const taken = takeFromBucket(undefined, { limit, needed: limit + more, spare: 0 }, 5);
      expect(taken).toEqual({ granted: limit, tokens: 0, refilledAt: 5 });
    }),
  );
});

test("what is taken one by one over any time is the limit and the refill, and not a token less", () => {
  fc.assert(
    fc.property(limits, fc.array(pauses, { maxLength: 30 }), (limit, steps) => {
      let bucket: Bucket | undefined;
      let now = 0;
      let level = limit;
      for (const step of steps) {
        now += step;
        level = bucket ? Math.min(limit, level + (step * limit) / 60_000) : limit;
        const taken = takeFromBucket(bucket, { limit, needed: 2 * limit, spare: 0 }, now);
        expect(Math.abs(taken.granted - level)).toBeLessThan(1 + 1e-3);
        level -= taken.granted;
        expect(taken.tokens).toBeCloseTo(level, 3);
        bucket = taken;
      }
    }),
  );
});

test("the moment that a bucket names for its next token is the moment that it has one", () => {
  fc.assert(
    fc.property(limits, pauses, (limit, pause) => {
      const empty = takeFromBucket(undefined, { limit, needed: limit, spare: 0 }, pause);
      const moment = momentOf(1, empty, limit);
      expect(takeFromBucket(empty, { limit, needed: 1, spare: 0 }, moment).granted).toBe(1);
      expect(takeFromBucket(empty, { limit, needed: 1, spare: 0 }, moment - 0.1).granted).toBe(0);
    }),
  );
});

test("a clock that is set back refills nothing twice", () => {
  const empty = takeFromBucket(undefined, { limit: 60, needed: 60, spare: 0 }, 10_000);
  const earlier = takeFromBucket(empty, { limit: 60, needed: 1, spare: 0 }, 5000);
  expect(earlier).toEqual({ granted: 0, tokens: 0, refilledAt: 10_000 });
  expect(takeFromBucket(earlier, { limit: 60, needed: 5, spare: 0 }, 11_000).granted).toBe(1);
});
