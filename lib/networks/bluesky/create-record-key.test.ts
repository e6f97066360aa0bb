import { expect, test } from "vitest";
import { createRecordKey } from "#lib/networks/bluesky/create-record-key";

const toMilliseconds = (key: string) => {
  let value = 0n;
  for (const letter of key) value = value * 32n + BigInt("234567abcdefghijklmnopqrstuvwxyz".indexOf(letter));
  return Number(value >> 10n) / 1000;
};

test("keys have the shape that the protocol demands, and name the moment they were made", () => {
  const key = createRecordKey();
  expect(key).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/);
  expect(Math.abs(toMilliseconds(key) - Date.now())).toBeLessThan(1000);
});

test("ten thousand keys at once are all different and in order", () => {
  const keys = Array.from({ length: 10_000 }, createRecordKey);
  expect(new Set(keys).size).toBe(10_000);
  expect(keys.toSorted()).toEqual(keys);
});
