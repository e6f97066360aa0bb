import { randomUUID } from "node:crypto";
import { ask, withAuthorization, withKey } from "#lib/testing/console/api-client";
import type { Answer } from "#lib/testing/console/expect-documented";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { createUser, type User } from "#lib/testing/console/user";
import { expect, test } from "./fixtures.ts";
import { type Receiver, startReceiver } from "./start-receiver.ts";

test.describe.configure({ mode: "default" });

let receiver: Receiver;
let server: RunningServer;
let user: User;
let key: string;
let accountId: string;

test.beforeAll(async () => {
  receiver = await startReceiver();
  server = await startServer({ env: { OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${receiver.port}` } });
});
test.afterAll(async () => {
  await server.stop();
  await receiver.close();
});
test.beforeEach(async () => {
  receiver.answer = { status: 204 };
  user = await createUser(server.url);
  key = (await user.generateKey()).key;
  const fields = { url: receiver.url };
  accountId = String((await user.ask("/api/accounts", { json: { network: "webhook", fields } })).json.account_id);
  receiver.messages.length = 0;
});

const post = (text: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(server.url, "/v2/posts", { json: { post: { accountId, text } }, headers: { ...withKey(key), ...headers } });
const read = (id: unknown) => ask(server.url, `/v2/posts/${id}`, { headers: withKey(key) });

test("what the network refuses is a 502 that carries the post, in both dialects, and can be retried", async () => {
  receiver.answer = { status: 422 };
  const refused = await post("no");
  expect(refused).toMatchObject({
    status: 502,
    json: { error: "PublishingFailed", data: { status: "failed", attempts: 1, error: refused.json.message } },
  });
  const { id } = refused.json.data as { id: string };
  expect((await read(id)).json).toEqual(refused.json.data);
  const json = { post: { accountId, text: "no" } };
  const other = await ask(server.url, "/v2/posts", { json, headers: withAuthorization(key) });
  expect(other).toMatchObject({ status: 502, json: { detail: refused.json.message, data: { status: "failed" } } });
  receiver.answer = { status: 200, body: JSON.stringify({ id: "42", url: "https://receiver.example/42" }) };
  const retried = await ask(server.url, `/v2/posts/${id}/retry`, { method: "POST", headers: withKey(key) });
  expect(retried).toMatchObject({
    status: 200,
    json: {
      message: "Post published successfully",
      data: {
        id,
        status: "published",
        attempts: 2,
        post_id: "42",
        post_url: "https://receiver.example/42",
        error: null,
      },
    },
  });
});

test("an account whose credential was revoked says so, and takes no more posts", async () => {
  receiver.answer = { status: 410 };
  expect(await post("a")).toMatchObject({ status: 502, json: { error: "TokenExpired", data: { status: "failed" } } });
  expect(await post("b")).toMatchObject({
    status: 400,
    json: { error: "AccountDisabled", fields: { "post.accountId": [expect.any(String)] } },
  });
  const { json } = await ask(server.url, "/v2/accounts", { headers: withKey(key) });
  expect(json.results).toContainEqual(
    expect.objectContaining({ account_id: accountId, status: "revoked", is_valid: false }),
  );
});

test("a request waits as long as the client prefers, and answers with the state as it is", async () => {
  const release = receiver.hold();
  const asynchronous = await post("a", { Prefer: "respond-async" });
  expect(asynchronous).toMatchObject({ status: 201, json: { data: { published_at: null } } });
  expect(asynchronous.headers.get("preference-applied")).toBe("respond-async");
  const patient = await post("b", { Prefer: "wait=1" });
  expect(patient).toMatchObject({ status: 201, json: { data: { status: "publishing" } } });
  expect(patient.headers.get("preference-applied")).toBe("wait=1");
  release();
  for (const { json } of [asynchronous, patient]) {
    await expect.poll(async () => (await read(json.postSubmissionId)).json.status).toBe("published");
  }
  const texts = receiver.messages.map(({ body }) => JSON.parse(body).data.text);
  expect(texts.sort()).toEqual(["a", "b"]);
});

test("while the first request is under way its repetition is told to wait, and gets the same post later", async () => {
  const release = receiver.hold();
  const headers = { "Idempotency-Key": randomUUID() };
  const first = post("once", headers);
  await expect.poll(() => receiver.messages.length).toBe(1);
  const early = await post("once", headers);
  expect(early).toMatchObject({ status: 409, json: { error: "IdempotencyInProgress" } });
  expect(Number(early.headers.get("retry-after"))).toBe(early.json.retry_after);
  release();
  const { json } = await first;
  const late = await post("once", headers);
  expect(late).toMatchObject({ status: 201, json });
  expect(late.headers.get("idempotent-replayed")).toBe("true");
  expect(receiver.messages).toHaveLength(1);
});

test("a platform has to be the account's own", async () => {
  const json = { post: { accountId, content: { text: "a", platform: "mastodon" } } };
  const answer = await ask(server.url, "/v2/posts", { json, headers: withKey(key) });
  expect(answer).toMatchObject({ status: 400, json: { error: "InvalidPlatform" } });
  const right = { post: { accountId, content: { text: "a", platform: "webhook" }, target: { targetType: "webhook" } } };
  expect((await ask(server.url, "/v2/posts", { json: right, headers: withKey(key) })).status).toBe(201);
  const stranger = withKey((await (await createUser(server.url)).generateKey()).key);
  expect(await ask(server.url, "/v2/posts", { json: right, headers: stranger })).toMatchObject({
    status: 400,
    json: { error: "InvalidAccountId" },
  });
});

test("a thread keeps its order and each part says what it answers", async () => {
  const json = { post: { accountId, content: { text: "1", additionalPosts: [{ text: "2" }, { text: "3" }] } } };
  const { json: made } = await ask(server.url, "/v2/posts", { json, headers: withKey(key) });
  expect(made.data).toMatchObject({ text: ["1", "2", "3"], parts: [{ index: 0 }, { index: 1 }, { index: 2 }] });
  const messages = receiver.messages.map(({ body }) => JSON.parse(body).data);
  expect(messages.map(({ text }) => text)).toEqual(["1", "2", "3"]);
  const [, second] = (made.data as { parts: { post_id: string }[] }).parts;
  expect(messages[2].thread.parent.id).toBe(second?.post_id);
});

test("media go with their alternative texts, in their order", async () => {
  const mediaUrls = ["https://a.example/1.png", "https://a.example/2.png"];
  const json = { post: { accountId, content: { text: "a", mediaUrls, altTexts: ["A cat"] } } };
  const { json: made } = await ask(server.url, "/v2/posts", { json, headers: withKey(key) });
  expect(made.data).toMatchObject({ media_urls: mediaUrls });
  expect(JSON.parse(receiver.messages[0]?.body ?? "").data.media).toEqual([
    { url: mediaUrls[0], alt_text: "A cat" },
    { url: mediaUrls[1], alt_text: "" },
  ]);
});

test("the console tells which key made a post and everything that was tried", async () => {
  receiver.answer = { status: 422 };
  await post("refused");
  receiver.answer = { status: 204 };
  await post("taken");
  const { json: published } = await user.ask("/api/published-posts?limit=20");
  expect(published.posts).toMatchObject([{ text: ["taken"], api_key: { name: "Production" } }]);
  const { json: all } = await user.ask("/api/posts?platform=webhook");
  expect(all).toMatchObject({
    count: 2,
    results: [
      { status: "published", attempt_log: [{ outcome: "published", reason: null }] },
      { status: "failed", attempt_log: [{ number: 1, outcome: "failed", reason: expect.any(String) }] },
    ],
  });
  const failed = (all.results as { id: string }[])[1];
  const taken = await user.ask(`/api/posts/${failed?.id}/retry`, { json: { how: "retry" } });
  expect(taken).toMatchObject({ status: 200, json: { data: { status: "published" } } });
  expect((await user.ask("/api/published-posts?limit=101")).status).toBe(400);
});

test("a deleted key cancels and retries nothing", async () => {
  receiver.answer = { status: 422 };
  const { json } = await post("a");
  const { id } = json.data as { id: string };
  const { json: keys } = await user.ask("/api/keys");
  await user.deleteKey((keys.keys as { id: string }[])[0]?.id ?? "");
  const asDead = (method: string, path: string) => ask(server.url, path, { method, headers: withKey(key) });
  expect((await asDead("POST", `/v2/posts/${id}/retry`)).status).toBe(401);
  expect((await asDead("DELETE", `/v2/posts/${id}`)).status).toBe(401);
});
