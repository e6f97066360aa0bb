import { randomUUID } from "node:crypto";
import { ask, withKey } from "#lib/testing/console/api-client";
import { createUser, type User } from "#lib/testing/console/user";
import { expect, test } from "./receiver-fixtures.ts";
import { type Receiver, verifyMessage } from "./start-receiver.ts";

const create = async (user: User, receiver: Receiver, events = ["post.published"]) => {
  const { status, json } = await user.ask("/api/webhooks", { json: { url: receiver.url, events } });
  expect(status).toBe(201);
  return { path: `/api/webhooks/${json.id}`, secret: String(json.secret) };
};

test("a webhook's secret is shown in one answer and in no other", async ({ user, receiver, server }) => {
  const { path, secret } = await create(user, receiver);
  expect(secret).toMatch(/^whsec_/);
  const { json, text } = await user.ask("/api/webhooks");
  expect(json).toEqual({
    webhooks: [
      {
        id: path.slice(path.lastIndexOf("/") + 1),
        url: receiver.url,
        events: ["post.published"],
        is_active: true,
        created_at: expect.stringMatching(/Z$/),
        disabled_at: null,
      },
    ],
  });
  const changed = await user.ask(path, { method: "PATCH", json: { events: ["post.failed", "post.unknown"] } });
  expect(changed.json).toMatchObject({ events: ["post.failed", "post.unknown"] });
  for (const shown of [text, changed.text, server.output()]) expect(shown).not.toContain(secret.slice(6));
});

test("a test event arrives, signed with the secret, and its delivery tells of it", async ({ user, receiver }) => {
  const { path, secret } = await create(user, receiver);
  const { status, json } = await user.ask(`${path}/test`, { method: "POST" });
  expect([status, json.status, json.event]).toEqual([200, "delivered", "webhook.test"]);
  expect(verifyMessage(secret, receiver.messages[0])).toEqual(json.payload);
  expect(receiver.messages[0]?.headers["webhook-id"]).toBe(json.id);
  expect((await user.ask(`${path}/deliveries`)).json).toEqual({
    count: 1,
    next: null,
    previous: null,
    results: [json],
  });
});

test("a failed delivery can be sent again, with the secret of the day", async ({ user, receiver }) => {
  const { path } = await create(user, receiver);
  receiver.answer = { status: 500 };
  const failed = (await user.ask(`${path}/test`, { method: "POST" })).json;
  expect(failed).toMatchObject({ status: "failed", attempts: [{ status: 500, error: null }] });
  receiver.answer = { status: 200 };
  const { json: rotated } = await user.ask(`${path}/rotate-secret`, { method: "POST" });
  const { json } = await user.ask(`${path}/deliveries/${failed.id}/replay`, { method: "POST" });
  expect(json).toMatchObject({ id: failed.id, status: "delivered", attempts: [{ status: 500 }, { status: 200 }] });
  expect(verifyMessage(rotated.secret, receiver.messages[1])).toEqual(failed.payload);
});

test("a disabled webhook is sent nothing, and a deleted one is gone", async ({ user, receiver }) => {
  const { path } = await create(user, receiver);
  expect((await user.ask(path, { method: "PATCH", json: { is_active: false } })).json).toMatchObject({
    is_active: false,
  });
  expect((await user.ask(`${path}/test`, { method: "POST" })).status).toBe(409);
  const deleted = { success: true, message: "Webhook deleted successfully" };
  expect((await user.ask(path, { method: "DELETE" })).json).toEqual(deleted);
  expect((await user.ask(path, { method: "DELETE" })).status).toBe(404);
  expect((await user.ask("/api/webhooks")).json).toEqual({ webhooks: [] });
  expect(receiver.messages).toEqual([]);
});

test("whoever subscribed is told what became of a post, and nobody else", async ({ server, user, receiver }) => {
  const { secret, path } = await create(user, receiver, ["post.published"]);
  await create(user, receiver, ["post.failed", "post.unknown", "account.revoked"]);
  await create(await createUser(server.url), receiver);
  const { key } = await user.generateKey();
  const { json } = await ask(server.url, "/v2/posts", { json: { post: { text: "Hello" } }, headers: withKey(key) });
  await expect.poll(() => receiver.messages.length).toBe(1);
  expect(verifyMessage(secret, receiver.messages[0])).toMatchObject({
    type: "post.published",
    data: { id: json.postSubmissionId, status: "published", text: ["Hello"] },
  });
  const readStatus = async () => (await user.ask(`${path}/deliveries`)).json.results;
  await expect.poll(readStatus).toMatchObject([{ event: "post.published", status: "delivered" }]);
});

for (const [body, field] of [
  [{ events: ["post.failed"] }, "url"],
  [{ url: "", events: ["post.failed"] }, "url"],
  [{ url: "nonsense", events: ["post.failed"] }, "url"],
  [{ url: "http://127.0.0.1/", events: ["post.failed"] }, "url"],
  [{ url: "http://[::1]:443/", events: ["post.failed"] }, "url"],
  [{ url: "https://example.com:22/", events: ["post.failed"] }, "url"],
  [{ url: "https://a:b@example.com/", events: ["post.failed"] }, "url"],
  [{ url: `https://example.com/${"a".repeat(2000)}`, events: ["post.failed"] }, "url"],
  [{ url: { not: "" }, events: ["post.failed"] }, "url"],
  [{ url: "https://example.com/", events: [] }, "events"],
  [{ url: "https://example.com/", events: ["post.liked"] }, "events.0"],
  [{ url: "https://example.com/", events: ["post.failed"], secret: "mine" }, "secret"],
] as const) {
  test(`adding ${JSON.stringify(body).slice(0, 50)} is a 400 that names ${field}`, async ({ user }) => {
    const { status, json } = await user.ask("/api/webhooks", { json: body });
    expect([status, json.fields]).toEqual([400, { [field]: [expect.any(String)] }]);
    expect((await user.ask("/api/webhooks")).json).toEqual({ webhooks: [] });
  });
}

test("foreign, unknown and malformed ids are one and the same 404", async ({ server, user, receiver }) => {
  const owner = await createUser(server.url);
  const { path } = await create(owner, receiver);
  const { json: delivery } = await owner.ask(`${path}/test`, { method: "POST" });
  const answers = new Set<string>();
  for (const target of [path, `/api/webhooks/${randomUUID()}`, "/api/webhooks/1", "/api/webhooks/%27"]) {
    for (const [rest, request] of [
      ["", { method: "PATCH", json: { is_active: false } }],
      ["", { method: "DELETE" }],
      ["/rotate-secret", { method: "POST" }],
      ["/test", { method: "POST" }],
      ["/deliveries", {}],
      [`/deliveries/${delivery.id}/replay`, { method: "POST" }],
    ] as const) {
      const { status, text } = await user.ask(target + rest, request);
      answers.add(`${status} ${text}`);
    }
  }
  expect([...answers]).toEqual(['404 {"error":"NotFound","message":"Webhook not found"}']);
  const mine = await create(user, receiver);
  const { status } = await user.ask(`${mine.path}/deliveries/${delivery.id}/replay`, { method: "POST" });
  expect(status).toBe(404);
  expect(receiver.messages).toHaveLength(1);
});

test("without a session nothing answers, and an API key is no session", async ({ server, user, receiver }) => {
  const { path } = await create(user, receiver);
  const { key } = await user.generateKey();
  for (const headers of [{}, withKey(key)]) {
    for (const [target, method] of [
      ["/api/webhooks", "GET"],
      ["/api/webhooks", "POST"],
      [path, "DELETE"],
      [`${path}/rotate-secret`, "POST"],
      [`${path}/deliveries`, "GET"],
    ] as const) {
      expect((await ask(server.url, target, { method, headers })).status).toBe(401);
    }
  }
});
