import { randomUUID } from "node:crypto";
import { ask } from "#lib/testing/console/api-client";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { createUser, type User } from "#lib/testing/console/user";
import { listEvents } from "./audit-log.ts";
import { expect, test } from "./fixtures.ts";
import { type Receiver, startReceiver } from "./start-receiver.ts";

let receiver: Receiver;
let server: RunningServer;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  receiver = await startReceiver();
  server = await startServer({ env: { OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${receiver.port}`, TRUSTED_PROXIES: "1" } });
});
test.afterAll(async () => {
  await server.stop();
  await receiver.close();
});
test.beforeEach(() => {
  receiver.answer.status = 204;
});

/** Somebody who comes from an address of their own, so that no limit of another counts. */
const createPerson = async () => {
  const user = await createUser(server.url);
  const headers = { "X-Forwarded-For": `2001:db8:${randomUUID().slice(0, 4)}::1` };
  const connect = (fields: object = { url: receiver.url }, network = "webhook") =>
    user.ask("/api/accounts", { json: { network, fields }, headers });
  return { user, headers, connect };
};
const idOf = ({ json }: { json: Record<string, unknown> }) => String(json.account_id);
const listIds = async (user: User) =>
  ((await user.ask("/api/accounts")).json.accounts as { account_id: string }[]).map((account) => account.account_id);

test("an account is connected, and what is shown once is in no later answer, log or file", async () => {
  const { user, connect } = await createPerson();
  const made = await connect();
  expect(made.status, made.text).toBe(201);
  expect(made.headers.get("cache-control")).toBe("no-store");
  expect(made.json).toMatchObject({ social_channel_type: "webhook", status: "valid", is_valid: true });
  const { signing_secret: secret } = made.json.shown as { signing_secret: string };
  expect(secret).toMatch(/^whsec_/);
  const later = [await user.ask("/api/accounts"), await user.ask(`/api/accounts/${idOf(made)}`)];
  for (const { text } of later) expect(text).not.toContain(secret);
  expect(await listIds(user)).toContain(idOf(made));
  const [event] = (await listEvents(user)).results;
  expect(event).toMatchObject({ action: "account.connected", details: { account_id: idOf(made), network: "webhook" } });
  expect(JSON.stringify(event)).not.toContain(secret);
  expect(server.output()).not.toContain(secret);
});

test("the networks say what each of them wants to know", async () => {
  const { user } = await createPerson();
  const { networks } = (await user.ask("/api/networks")).json as { networks: Record<string, unknown>[] };
  expect(networks).toContainEqual(expect.objectContaining({ network: "sandbox", connect_fields: [] }));
  expect(networks).toContainEqual(
    expect.objectContaining({ network: "webhook", connect_fields: [expect.objectContaining({ name: "url" })] }),
  );
  expect((await ask(server.url, "/api/networks")).status).toBe(401);
});

test("what is wrong is named by its field", async () => {
  const { user, headers, connect } = await createPerson();
  for (const [fields, field] of [
    [{}, "fields.url"],
    [{ url: receiver.url, secret: "x" }, "fields.secret"],
    [{ url: { not: "" } }, "fields.url"],
    [{ url: "http://127.0.0.1:1/" }, "fields.url"],
  ] as const) {
    const { status, json, text } = await connect(fields);
    expect(status, text).toBe(400);
    expect(Object.keys(json.fields as object), text).toEqual([field]);
  }
  expect((await connect({}, "sandbox")).json).toMatchObject({ error: "InvalidPlatform" });
  const strange = { network: "webhook", fields: { url: receiver.url }, userId: randomUUID() };
  expect((await user.ask("/api/accounts", { json: strange, headers })).status).toBe(400);
  expect(await listIds(user)).toHaveLength(1);
});

test("one address connects ten times a minute, and is then told when to try again", async () => {
  const { connect } = await createPerson();
  const answers = [];
  for (let round = 0; round < 11; round++) answers.push(await connect({}));
  expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 400), 429]);
  expect(Number(answers[10]?.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("a test of an account says how it stands, and a network that is down changes nothing", async () => {
  const { user, headers, connect } = await createPerson();
  const check = `/api/accounts/${idOf(await connect())}/check`;
  const test = () => user.ask(check, { method: "POST", headers });
  expect(await test()).toMatchObject({ status: 200, json: { status: "valid" } });
  receiver.answer.status = 410;
  expect(await test()).toMatchObject({ status: 200, json: { status: "revoked", is_valid: false } });
  receiver.answer.status = 503;
  expect((await test()).status).toBeGreaterThanOrEqual(429);
  expect((await user.ask("/api/accounts")).json.accounts).toContainEqual(
    expect.objectContaining({ status: "revoked" }),
  );
  receiver.answer.status = 204;
  expect(await test()).toMatchObject({ status: 200, json: { status: "valid" } });
});

test("a disconnected account is gone, and comes back with its id when it is connected again", async () => {
  const { user, connect } = await createPerson();
  const id = idOf(await connect());
  const { key } = await user.generateKey();
  const post = () =>
    ask(server.url, "/v2/posts", {
      json: { post: { accountId: id, text: "Hello", scheduledAt: "2099-01-01T00:00:00Z" } },
      headers: { "boring-api-key": key },
    });
  const { json } = await post();
  expect((await user.ask(`/api/accounts/${id}`)).json.waiting_posts).toBe(1);
  const answer = await user.ask(`/api/accounts/${id}`, { method: "DELETE" });
  expect(answer).toMatchObject({
    status: 200,
    json: { success: true, message: "Account disconnected successfully" },
  });
  const waited = await ask(server.url, `/v2/posts/${json.postSubmissionId}`, { headers: { "boring-api-key": key } });
  expect(waited.json).toMatchObject({ status: "cancelled", error: expect.stringContaining("disconnected") });
  expect(await listIds(user)).not.toContain(id);
  expect(await post()).toMatchObject({ status: 400, json: { error: "InvalidAccountId" } });
  expect((await user.ask(`/api/accounts/${id}`, { method: "DELETE" })).status).toBe(404);
  expect(idOf(await connect())).toBe(id);
});

test("the sandbox cannot be disconnected, and nobody touches another user's account", async () => {
  const { user, connect } = await createPerson();
  const [sandbox] = await listIds(user);
  expect((await user.ask(`/api/accounts/${sandbox}`, { method: "DELETE" })).status).toBe(409);
  const id = idOf(await connect());
  const stranger = await createPerson();
  for (const foreign of [id, randomUUID(), "x"]) {
    const path = `/api/accounts/${foreign}`;
    const answers = [
      await stranger.user.ask(path),
      await stranger.user.ask(path, { method: "DELETE" }),
      await stranger.user.ask(`${path}/check`, { method: "POST", headers: stranger.headers }),
    ];
    for (const { status, json } of answers) expect([status, json.message]).toEqual([404, "Account not found"]);
  }
  expect(await listIds(user)).toContain(id);
});

test("coming back from a network without having begun connects nothing, and leaves nothing in the address", async () => {
  const { user } = await createPerson();
  const query = "code=secret-code&state=secret-state";
  const answer = await user.ask(`/accounts/callback?${query}`, { headers: { "Sec-Fetch-Site": "cross-site" } });
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe("/accounts?outcome=stale");
  const unknown = await ask(server.url, `/accounts/callback?${query}`);
  expect([unknown.status, unknown.headers.get("location")]).toEqual([303, "/accounts"]);
  await expect.poll(() => server.output()).toContain('"/accounts/callback"');
  expect(server.output()).not.toMatch(/secret-(code|state)/);
  expect(await listIds(user)).toHaveLength(1);
});
