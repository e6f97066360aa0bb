import fc from "fast-check";
import { expect, test } from "vitest";
import { toBars } from "./to-bars";

const NONE = { start: "2026-03-01T10:00:00Z", ok: 0, client_error: 0, server_error: 0, limited: 0, refused: 0 };

test("the top of the chart is a round number that no bar exceeds", () => {
  for (const [count, max] of [
    [0, 1],
    [1, 1],
    [3, 3],
    [7, 8],
    [9, 10],
    [10, 10],
    [11, 20],
    [51, 60],
    [123_456, 200_000],
  ] as const) {
    expect(toBars([{ ...NONE, ok: count }], 100).max).toBe(max);
  }
});

test("every outcome that occurred can be seen, and nothing leaves the chart", () => {
  const count = fc.oneof(fc.constant(0), fc.nat(3), fc.nat(1_000_000));
  const bucket = fc.record({ ok: count, client_error: count, server_error: count, limited: count, refused: count });
  fc.assert(
    fc.property(fc.array(bucket, { minLength: 1, maxLength: 30 }), (given) => {
      const { bars } = toBars(
        given.map((counts) => ({ ...NONE, ...counts })),
        160,
      );
      for (const [index, { segments, total }] of bars.entries()) {
        const counts = Object.values(given[index] ?? {});
        expect(segments).toHaveLength(counts.filter((value) => value > 0).length);
        expect(total).toBe(counts.reduce((sum, value) => sum + value, 0));
        let bottom = 160;
        for (const { top, height } of segments) {
          expect(height).toBeGreaterThanOrEqual(2);
          expect(top).toBeGreaterThan(-0.001);
          expect(top + height).toBeCloseTo(bottom, 6);
          bottom = top;
        }
      }
    }),
  );
});
