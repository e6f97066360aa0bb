import { expect, test } from "vitest";
import type { SocialAccount } from "#lib/db/generated/client";
import { getConnector } from "#lib/networks/registry";
import { checkDraft } from "#lib/posts/check-draft";
import { createPostSchema } from "#lib/posts/schema";
import { toDraft } from "#lib/posts/to-draft";

const accountOf = (network: string) =>
  ({ network, revokedAt: null, capabilities: getConnector(network).capabilities }) as unknown as SocialAccount;

const check = (network: string, post: object) =>
  checkDraft(toDraft(createPostSchema.parse({ post })), accountOf(network));

const refuse = (network: string, post: object) => {
  try {
    check(network, post);
  } catch (error) {
    return error;
  }
  return undefined;
};

test.each([
  ["bluesky", "a".repeat(301), { limit: 300, length: 301 }],
  ["bluesky", "你".repeat(600), { limit: 300, length: 600 }],
  ["bluesky", "你".repeat(601), { limit: 300, length: 600 }],
  ["bluesky", "👩‍👩‍👧‍👦".repeat(121), { limit: 3000, length: 3025 }],
  ["mastodon", "a".repeat(501), { limit: 500, length: 501 }],
  ["mastodon", "a".repeat(1_000_000), { limit: 500, length: 1000 }],
  ["sandbox", "🔑".repeat(10_001), { limit: 10_000, length: 10_001 }],
])("what %s does not take is refused with how long it is, as far as that matters", (network, text, members) => {
  expect(refuse(network, { text })).toMatchObject({ code: "TextTooLong", members: { ...members, part: 0 } });
});

test.each([
  ["bluesky", "👩‍👩‍👧‍👦".repeat(120)],
  ["mastodon", "👩‍👩‍👧‍👦".repeat(500)],
  ["mastodon", `https://example.com/${"a".repeat(2000)} `.repeat(20)],
  ["sandbox", "🔑".repeat(10_000)],
])("%s is given everything that it takes", (network, text) => {
  expect(refuse(network, { text })).toBeUndefined();
});

// Its server's own limits may be any.
const refuseLimited = (limits: object, post: object) => {
  const account = accountOf("mastodon");
  const limited = { ...account, capabilities: { ...getConnector("mastodon").capabilities, ...limits } };
  try {
    checkDraft(toDraft(createPostSchema.parse({ post })), limited);
  } catch (error) {
    return error;
  }
  return undefined;
};
const PICTURE = { mediaUrls: ["https://example.com/a.png"] };

test("a text with media may have another limit", () => {
  const limits = { text_limit: 40, text_limit_with_media: 10, text_unit: "utf16", link_length: null };
  expect(refuseLimited(limits, { text: "a".repeat(40) })).toBeUndefined();
  expect(refuseLimited(limits, { text: "a".repeat(10), ...PICTURE })).toBeUndefined();
  expect(refuseLimited(limits, { text: "🔑".repeat(6), ...PICTURE })).toMatchObject({
    code: "TextTooLong",
    members: { limit: 10, length: 12 },
  });
});

test("a network may take no post without media, and the answer says so", () => {
  const limits = { media_required: true };
  expect(refuseLimited(limits, { text: "a" })).toMatchObject({
    code: "MediaRequired",
    fields: { "post.content.mediaUrls": [{ code: "media_required" }] },
  });
  expect(refuseLimited(limits, { text: "a", ...PICTURE })).toBeUndefined();
});

// A mebibyte is all that one request can bring.
const LARGE = 1_048_576;

const toTime = (work: () => void) => {
  const times = [1, 2, 3].map(() => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return Math.min(...times);
};

test.each([
  ["mastodon", "a"],
  ["mastodon", "👋"],
  ["mastodon", "https://a.co "],
  ["mastodon", "@a@b.c "],
  ["bluesky", "a"],
  ["bluesky", "e\u0301"],
])("a text that %s never takes costs a small part of counting it: %j", (network, piece) => {
  const text = piece.repeat(LARGE / piece.length);
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  const counting = toTime(() => Array.from(segmenter.segment("a".repeat(LARGE))));
  const one = toTime(() => refuse(network, { text }));
  const parts = Array.from({ length: 25 }, () => piece.repeat(LARGE / 25 / piece.length));
  const thread = toTime(() => refuse(network, { text: parts }));
  expect(one).toBeLessThan(counting / 5);
  expect(thread).toBeLessThan(counting / 5);
});

test("an address of a medium that cannot be seen as it is used is refused by what has to go", () => {
  expect(refuse("sandbox", { text: "a", mediaUrls: "https://example.com/a\u200bb.png" })).toMatchObject({
    code: "InvalidMediaUrl",
    message: "Remove the character U+200B, which cannot be seen.",
  });
  expect(refuse("sandbox", { text: "a", mediaUrls: " https://example.com/a b.png\u200b" })).toBeUndefined();
});
