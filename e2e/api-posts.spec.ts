import { randomUUID } from "node:crypto";
import { ask, withAuthorization, withKey } from "#lib/testing/console/api-client";
import { createUser } from "#lib/testing/console/user";
import { expect, test } from "./fixtures.ts";
import { withOwnServer } from "./with-own-server.ts";

const NOBODYS_ID = "01a20000-0000-7000-8000-000000000000";

withOwnServer({}, (own) => {
  test("the quick start publishes to the sandbox, and the post can be followed", async () => {
    const { status, json, headers } = await own.post({ post: { text: "Hello" } });
    expect(status).toBe(201);
    const data = json.data as Record<string, unknown>;
    expect(json).toMatchObject({ success: true, message: "Post published successfully", postSubmissionId: data.id });
    expect(data).toMatchObject({
      status: "published",
      platform: "sandbox",
      text: ["Hello"],
      api_key: { name: "Production" },
    });
    expect(headers.get("location")).toBe(`${own.server.url}/v2/posts/${data.id}`);
    const followed = await ask(own.server.url, `/v2/posts/${data.id}`, { headers: withKey(own.key) });
    expect(followed.json).toEqual(data);
  });

  for (const body of [
    { post: { content: "Hello" } },
    { post: { content: { text: "Hello" } } },
    { post: { content: { text: ["Hello"], platform: "sandbox" }, target: { targetType: "sandbox", pageId: null } } },
    { post: { text: "Hello", content: { mediaUrls: "https://example.com/a.png" } } },
  ]) {
    test(`the spelling ${JSON.stringify(body)} is understood`, async () => {
      const { status, json } = await own.post(body);
      expect(status).toBe(201);
      expect(json.data).toMatchObject({ text: ["Hello"] });
    });
  }

  test("a thread keeps its parts", async () => {
    const { json } = await own.post({
      post: { content: { text: ["one", "two"], additionalPosts: [{ text: "three" }] } },
    });
    expect(json.data).toMatchObject({
      text: ["one", "two", "three"],
      parts: [{ index: 0 }, { index: 1 }, { index: 2 }],
    });
  });

  for (const [body, name, field] of [
    [{}, "MissingParameter", "post"],
    [{ post: null }, "InvalidRequest", "post"],
    [{ post: "Hello" }, "InvalidRequest", "post"],
    [{ post: [] }, "InvalidRequest", "post"],
    [{ post: {} }, "MissingParameter", "post.content.text"],
    [{ post: { content: {} } }, "MissingParameter", "post.content.text"],
    [{ post: { content: { text: " " } } }, "TextRequired", "post.content.text"],
    [{ post: { content: { text: 1 } } }, "InvalidRequest", "post.content.text"],
    [{ post: { content: { text: { not: "" } } } }, "InvalidRequest", "post.content.text"],
    [{ post: { text: "a", content: "b" } }, "InvalidRequest", "post.text"],
    [{ post: { text: "a", userId: "x" } }, "InvalidRequest", "post.userId"],
    [{ post: { text: "a", accountId: NOBODYS_ID } }, "InvalidAccountId", "post.accountId"],
    [{ post: { text: "a", accountId: "x" } }, "InvalidAccountId", "post.accountId"],
    [{ post: { text: "a", platform: "bluesky" } }, "InvalidPlatform", "post.content.platform"],
    [
      { post: { text: "a", platform: "sandbox", target: { targetType: "x" } } },
      "InvalidPlatform",
      "post.target.targetType",
    ],
    [{ post: { text: "a", target: { visibility: "private" } } }, "InvalidRequest", "post.target.visibility"],
    [
      { post: { text: "a", target: { targetType: "facebook", pageId: "1" } } },
      "InvalidPlatform",
      "post.content.platform",
    ],
    [{ post: { text: "a", altTexts: "A cat" } }, "MediaRequired", "post.content.altTexts"],
    [
      { post: { text: "a", mediaUrls: "https://a.example", altTexts: ["1", "2"] } },
      "InvalidRequest",
      "post.content.altTexts",
    ],
    [
      { post: { text: "a", mediaUrls: Array(11).fill("https://a.example") } },
      "InvalidCarouselSize",
      "post.content.mediaUrls",
    ],
    [{ post: { text: Array(26).fill("a") } }, "InvalidTextFormat", "post.content.text"],
    [{ post: { text: "a".repeat(10_001) } }, "TextTooLong", "post.content.text"],
    [{ post: { text: "a\u0000b" } }, "InvalidTextFormat", "post.content.text"],
    [{ post: { text: "a\ud800" } }, "InvalidTextFormat", "post.content.text"],
    [{ post: { text: "a", mediaUrls: "javascript:alert(1)" } }, "InvalidMediaUrl", "post.content.mediaUrls"],
    [[], "InvalidRequest", "body"],
    ["Hello", "InvalidRequest", "body"],
  ] as const) {
    test(`${JSON.stringify(body).slice(0, 60)} is a 400 ${name} that names ${field}, in both dialects`, async () => {
      const answer = await own.post(body);
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ error: name, fields: { [field]: [expect.any(String)] } });
      const other = await ask(own.server.url, "/v2/posts", { json: body, headers: withAuthorization(own.key) });
      expect(other.json).toEqual(answer.json.fields);
    });
  }

  test("bodies that are not plain JSON are refused as what they are", async () => {
    const send = async (body: string, headers: Record<string, string>) =>
      (await ask(own.server.url, "/v2/posts", { body, headers: { ...withKey(own.key), ...headers } })).status;
    const json = { "Content-Type": "application/json" };
    expect(await send("{", json)).toBe(400);
    expect(await send("", json)).toBe(400);
    expect(await send("post=1", { "Content-Type": "application/x-www-form-urlencoded" })).toBe(415);
    expect(await send("{}", { ...json, "Content-Encoding": "gzip" })).toBe(415);
    expect(await send("[".repeat(33) + "]".repeat(33), json)).toBe(400);
    expect(await send(JSON.stringify({ post: { text: "a".repeat(1_100_000) } }), json)).toBe(413);
  });

  test("an idempotency key publishes once, whoever asks again", async () => {
    const headers = { "Idempotency-Key": randomUUID() };
    const answers = await Promise.all(Array.from({ length: 8 }, () => own.post({ post: { text: "Once" } }, headers)));
    // Whoever asks while the first is under way is told so.
    const made = answers.filter(({ status }) => status !== 409);
    expect(new Set(made.map(({ json }) => json.postSubmissionId)).size).toBe(1);
    expect(made.filter(({ headers: got }) => got.get("idempotent-replayed") === null)).toHaveLength(1);
    const again = await own.post({ post: { text: "Once" } }, headers);
    expect(again.json).toEqual(made[0]?.json);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    const other = await own.post({ post: { text: "Twice" } }, headers);
    expect(other.status).toBe(409);
    expect(other.json).toMatchObject({ error: "IdempotencyConflict" });
    expect((await own.post({ post: { text: "a" } }, { "Idempotency-Key": "a".repeat(256) })).status).toBe(400);
  });

  test("lists come in the envelope, with absolute neighbours that keep the filters", async () => {
    const reader = await createUser(own.server.url);
    const { key: readersKey } = await reader.generateKey();
    const list = (query: string) => ask(own.server.url, `/v2/posts${query}`, { headers: withKey(readersKey) });
    expect((await list("")).json).toEqual({ count: 0, next: null, previous: null, results: [] });
    for (const text of ["one", "two", "three"]) {
      await ask(own.server.url, "/v2/posts", { json: { post: { text } }, headers: withKey(readersKey) });
    }
    const first = await list("?page_size=2&status=published");
    expect(first.json).toMatchObject({ count: 3, previous: null, results: [{ text: ["three"] }, { text: ["two"] }] });
    const next = new URL(String(first.json.next));
    expect(next.origin + next.pathname).toBe(`${own.server.url}/v2/posts`);
    expect(Object.fromEntries(next.searchParams)).toEqual({ page: "2", page_size: "2", status: "published" });
    const second = await list(next.search);
    expect(second.json).toMatchObject({ next: null, results: [{ text: ["one"] }] });
    for (const page of ["0", "abc", "3", "-1", "1.5", "99999999999"]) {
      const { status, json } = await list(`?page_size=2&page=${page}`);
      expect([page, status, json.message]).toEqual([page, 404, "Invalid page."]);
    }
    expect((await list("?page_size=101")).json).toMatchObject({ fields: { page_size: [expect.any(String)] } });
    expect((await list("?status=gone")).json).toMatchObject({ fields: { status: [expect.any(String)] } });
    expect((await list("?platform=bluesky")).json).toMatchObject({ count: 0 });
  });

  test("another user's post is not there, as one that never was", async () => {
    const { json } = await own.post({ post: { text: "Mine" } });
    const stranger = withKey((await (await createUser(own.server.url)).generateKey()).key);
    const answers = [];
    for (const id of [json.postSubmissionId, randomUUID(), "x", "%27", "..."]) {
      const { status, json: body } = await ask(own.server.url, `/v2/posts/${id}`, { headers: stranger });
      answers.push({ status, ...body });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ status: 404, error: "NotFound", message: "Post not found" })]),
    );
  });
});
