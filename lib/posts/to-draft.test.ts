import { expect, test } from "vitest";
import { createPostSchema } from "#lib/posts/schema";
import { toDraft } from "#lib/posts/to-draft";
import { say } from "#lib/problems/problem";

const draft = (post: unknown, root = {}) => toDraft(createPostSchema.parse({ post, ...root }));

test.each([[null], [""], [[]], [[""]], [[null]]])("%j in an optional member means none", (none) => {
  const content = { mediaUrls: none, altTexts: none, platform: none };
  const post = { ...content, text: none, accountId: none, target: none };
  const read = draft({ ...post, content: { ...content, text: "a", additionalPosts: none } });
  const parts = [{ text: "a", mediaUrls: [], altTexts: [] }];
  expect(read).toEqual({ accountId: undefined, network: undefined, parts, scheduledAt: null });
  expect(draft({ text: "a", content: none, target: { targetType: none } }).parts).toEqual(parts);
  expect(() => draft({ text: none })).toThrow("Missing required field: post.content.text");
});

test("no time is none, an empty one is a fault in every spelling", () => {
  for (const name of ["scheduledAt", "scheduled_at", "scheduledTime"]) {
    expect(draft({ text: "a", [name]: null }, { [name]: null }).scheduledAt).toBeNull();
    for (const empty of ["", " ", "\u200b"]) {
      expect(() => draft({ text: "a", [name]: empty })).toThrow(expect.objectContaining({ code: "InvalidSchedule" }));
      expect(() => draft({ text: "a" }, { [name]: empty })).toThrow(
        expect.objectContaining({ code: "InvalidSchedule" }),
      );
    }
  }
  const { scheduledAt } = draft({ text: "a", scheduledAt: "\u200e2099-01-01T00:00:00Z\n" });
  expect(scheduledAt?.toISOString()).toBe("2099-01-01T00:00:00.000Z");
});

test("a medium that nobody filled in is left out together with its alternative text", () => {
  const mediaUrls = ["https://a.example/1", "", null, "https://a.example/4"];
  expect(draft({ text: "a", mediaUrls, altTexts: ["one", "", null, "four"] }).parts[0]).toEqual({
    text: "a",
    mediaUrls: ["https://a.example/1", "https://a.example/4"],
    altTexts: ["one", "four"],
  });
  expect(draft({ text: "a", mediaUrls, altTexts: ["one"] }).parts[0].altTexts).toEqual(["one"]);
  expect(() => draft({ text: "a", mediaUrls, altTexts: ["", "two"] })).toThrow(/2 alternative texts/);
});

test("a further part that nobody filled in is left out", () => {
  const additionalPosts = [{}, null, { text: "" }, { text: null, mediaUrls: [""] }, { text: "b" }];
  expect(draft({ content: { text: "a", additionalPosts } }).parts.map(({ text }) => text)).toEqual(["a", "b"]);
});

test("what was pasted is used as it is seen", () => {
  const read = draft({
    accountId: "\u202a01a20000-0000-7000-8000-000000000000\u202c",
    text: "\u200fשלום\u200f",
    platform: " bluesky\u200b",
    target: { targetType: "\ufeffbluesky" },
    mediaUrls: "\u00a0https://exam\u200bple.com/a%20b.png\u2060 ",
  });
  expect(read).toMatchObject({
    accountId: "01a20000-0000-7000-8000-000000000000",
    network: "bluesky",
    parts: [{ text: "\u200fשלום\u200f", mediaUrls: ["https://example.com/a%20b.png"] }],
  });
});

test.each(["\u200b", "\u2060", "\u3164", ["a", "\u200b"]])(
  "a text in which nothing can be seen is none: %j",
  (text) => {
    const body = createPostSchema.parse({ post: { text } });
    expect(() => toDraft(body)).toThrow();
  },
);

test.each([" ", "\u200b"])("an account or a network of which nothing can be seen (%j) is none", (blank) => {
  const read = draft({ text: "a", accountId: blank, platform: blank, target: { targetType: blank } });
  expect(read).toMatchObject({ accountId: undefined, network: undefined });
});

test("a member of the target that nobody heeds is refused by name, and an empty one means nothing", () => {
  for (const targetType of ["mastodon", "sandbox", undefined]) {
    const target = { targetType, visibility: "private", pageId: 1, title: "", tags: [], __proto__: null };
    expect(() => draft({ text: "a", target })).toThrow(
      expect.objectContaining({
        code: "InvalidRequest",
        message: "post.target.visibility: This field is not known.",
        fields: {
          "post.target.visibility": [say("field_unknown")],
          "post.target.pageId": [say("field_unknown")],
        },
      }),
    );
  }
  const many = Object.fromEntries(Array.from({ length: 4000 }, (_, index) => [`${index}`.padEnd(900, "x"), 1]));
  const thrown = (() => {
    try {
      return draft({ text: "a", target: many });
    } catch (error) {
      return (error as { fields: object }).fields;
    }
  })();
  expect(JSON.stringify(thrown).length).toBeLessThan(16_000);
});

test("a network that is not here is told before its members are", () => {
  expect(draft({ text: "a", target: { targetType: "facebook", pageId: "1" } }).network).toBe("facebook");
});
