import { expect, test } from "vitest";
import type { SocialAccount } from "#lib/db/generated/client";
import { getConnector } from "#lib/networks/registry";
import { checkDraft, checkOptions } from "#lib/posts/check-draft";
import { createPostSchema } from "#lib/posts/schema";
import { toDraft, toOptions } from "#lib/posts/to-draft";

const accountOf = (network: string) =>
  ({ network, revokedAt: null, capabilities: getConnector(network).capabilities }) as unknown as SocialAccount;
const read = (options: unknown, text = "hello") => toDraft(createPostSchema.parse({ post: { text, options } }));
const pathOf = (options: unknown) =>
  createPostSchema.safeParse({ post: { text: "a", options } }).error?.issues[0]?.path.join(".");

const refusal = (act: () => void) => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

test("each network gets what is asked of it, and the others nothing", () => {
  const draft = read({ mastodon: { visibility: "private" }, bluesky: { langs: ["en", "zh-TW"] } });
  expect(toOptions(draft, "mastodon")).toEqual({ visibility: "private" });
  expect(toOptions(draft, "bluesky")).toEqual({ langs: ["en", "zh-TW"] });
  expect(toOptions(draft, "sandbox")).toBeUndefined();
  expect(toOptions(read(undefined), "mastodon")).toBeUndefined();
});

test.each([
  null,
  {},
  { mastodon: null },
  { mastodon: { visibility: "", spoiler_text: null, language: "" } },
  { bluesky: { langs: [""] } },
])("nothing is asked with %j", (options) => {
  expect(refusal(() => checkOptions(read(options), [accountOf("mastodon")]))).toBeUndefined();
  expect(JSON.stringify(toOptions(read(options), "mastodon") ?? {})).toBe("{}");
});

test.each([
  [{ myspace: {} }, "post.options"],
  [{ mastodon: { audience: "public" } }, "post.options.mastodon"],
  [{ mastodon: { visibility: "direct" } }, "post.options.mastodon.visibility"],
  [{ mastodon: { sensitive: "yes" } }, "post.options.mastodon.sensitive"],
  [{ mastodon: { language: "English" } }, "post.options.mastodon.language"],
  [{ bluesky: { langs: ["en", "de", "fr", "es"] } }, "post.options.bluesky.langs"],
  [{ bluesky: { langs: ["e"] } }, "post.options.bluesky.langs.0"],
  [{ bluesky: { labels: ["funny"] } }, "post.options.bluesky.labels.0"],
  ["public", "post.options"],
])("%j is refused, naming the field", (options, path) => {
  expect(pathOf(options)).toBe(path);
});

test("options for a network to which the post does not go are refused, naming them", () => {
  const draft = read({ bluesky: { langs: ["en"] } });
  const expected = { status: 400, fields: { "post.options.bluesky": [expect.anything()] } };
  expect(refusal(() => checkOptions(draft, [accountOf("mastodon")]))).toMatchObject(expected);
  expect(refusal(() => checkOptions(draft, [accountOf("mastodon"), accountOf("sandbox")]))).toMatchObject(expected);
  expect(refusal(() => checkOptions(draft, [accountOf("mastodon"), accountOf("bluesky")]))).toBeUndefined();
});

test("a content warning counts towards Mastodon's limit", () => {
  const check = (warning: number) => () =>
    checkDraft(read({ mastodon: { spoiler_text: "w".repeat(warning) } }, "a".repeat(400)), accountOf("mastodon"));
  expect(refusal(check(100))).toBeUndefined();
  expect(refusal(check(101))).toMatchObject({ code: "TextTooLong", members: { length: 501, limit: 500 } });
  const broken = read({ mastodon: { spoiler_text: "\0" } });
  expect(refusal(() => checkDraft(broken, accountOf("mastodon")))).toMatchObject({ code: "InvalidTextFormat" });
});
