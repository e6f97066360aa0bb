import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { toRecord, toRecordKey } from "#lib/networks/bluesky/publish";

const HOUR_MILLISECONDS = 3_600_000;
const acceptedAt = new Date("2026-11-22T10:00:00.123Z");
const toKey = (postId: string, index = 0) => toRecordKey({ postId, index, acceptedAt, identity: `${postId}-${index}` });

const toMilliseconds = (key: string) => {
  let value = 0n;
  for (const letter of key) value = value * 32n + BigInt("234567abcdefghijklmnopqrstuvwxyz".indexOf(letter));
  return Number(value >> 10n) / 1000;
};

test("keys have the shape that the protocol demands, and name about the moment at which the post was accepted", () => {
  const key = toKey(randomUUID());
  expect(key).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/);
  expect(toMilliseconds(key)).toBeLessThanOrEqual(acceptedAt.getTime());
  expect(acceptedAt.getTime() - toMilliseconds(key)).toBeLessThan(HOUR_MILLISECONDS);
});

test("a part has the same key whenever it is asked for, and the parts of a thread are in order", () => {
  const postId = randomUUID();
  expect(toKey(postId)).toBe(toKey(postId));
  const keys = Array.from({ length: 25 }, (_, index) => toKey(postId, index));
  expect(new Set(keys).size).toBe(25);
  expect(keys.toSorted()).toEqual(keys);
});

test("ten thousand posts of the same moment have keys of their own", () => {
  expect(new Set(Array.from({ length: 10_000 }, (_, post) => toKey(`post ${post}`))).size).toBe(10_000);
});

test("a key that was chosen before keys were derived is kept", () => {
  const identity = "3mcabc2345xyz";
  expect(toRecordKey({ postId: randomUUID(), index: 0, acceptedAt, identity })).toBe(identity);
});

test("what its author asks of Bluesky alone is in the record, and nothing that they did not ask", () => {
  const part = { text: "hello", media: [] };
  const planned = {
    postId: randomUUID(),
    index: 0,
    part,
    identity: "",
    thread: undefined,
    acceptedAt,
    createdAt: acceptedAt,
  };
  const prepared = { facets: [] } as unknown as Parameters<typeof toRecord>[1];
  const plain = { $type: "app.bsky.feed.post", text: "hello", createdAt: acceptedAt.toISOString() };
  expect(toRecord(planned, prepared)).toEqual(plain);
  expect(toRecord({ ...planned, options: { langs: ["zh-TW", "en"], labels: ["nudity"] } }, prepared)).toEqual({
    ...plain,
    langs: ["zh-TW", "en"],
    labels: { $type: "com.atproto.label.defs#selfLabels", values: [{ val: "nudity" }] },
  });
});
