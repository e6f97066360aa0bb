import { randomUUID } from "node:crypto";
import { ask, withKey } from "#lib/testing/console/api-client";
import { createUser } from "#lib/testing/console/user";
import { expect, test } from "./fixtures.ts";

const MEMBERS = ["id", "name", "key_preview", "created_at", "last_used_at", "is_active"];

test("a generated key is shown in one answer and in no other", async ({ user }) => {
  const { status, json, headers } = await user.ask("/api/keys", { json: { name: "  Caf\u0065\u0301  " } });
  expect(status).toBe(201);
  expect(headers.get("cache-control")).toBe("no-store");
  expect(Object.keys(json).slice(0, 6)).toEqual(MEMBERS);
  expect(json).toMatchObject({ name: "Café", last_used_at: null, is_active: true, environment: null });
  expect(json.key).toMatch(/^boring_[0-9A-Za-z]{36}$/);
  expect(json.key_preview).toBe(`${String(json.key).slice(0, 10)}...`);
  const others = [await user.ask("/api/keys"), await user.ask(`/api/keys/${json.id}`)];
  for (const { text } of others) expect(text).not.toContain(String(json.key).slice(10));
});

test("the environment shows in the key", async ({ user }) => {
  expect((await user.generateKey("Laptop", { environment: "dev" })).key).toMatch(/^boring_dev_[0-9A-Za-z]{32}$/);
});

test("the list has the contract's members and dates", async ({ user }) => {
  await user.generateKey("First");
  await user.generateKey("Second");
  const { json } = await user.ask("/api/keys");
  const keys = json.keys as Record<string, unknown>[];
  expect(keys.map(({ name }) => name)).toEqual(["Second", "First"]);
  expect(Object.keys(keys[0] ?? {}).slice(0, 6)).toEqual(MEMBERS);
  expect(keys[0]?.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
});

test("rename, disable and delete answer as the contract says", async ({ user }) => {
  const { id } = await user.generateKey("Before");
  const patch = (json: object) => user.ask(`/api/keys/${id}`, { method: "PATCH", json });
  expect((await patch({ name: "After" })).json).toMatchObject({ id, name: "After", is_active: true });
  expect((await patch({ is_active: false })).json).toMatchObject({ name: "After", is_active: false });
  expect((await user.deleteKey(id)).json).toEqual({ success: true, message: "API key deleted successfully" });
  expect((await user.deleteKey(id)).status).toBe(404);
});

for (const [body, field] of [
  [{}, "name"],
  [{ name: null }, "name"],
  [{ name: 1 }, "name"],
  [{ name: { not: "" } }, "name"],
  [{ name: " \n " }, "name"],
  [{ name: "a".repeat(65) }, "name"],
  [{ name: "a\u202eb" }, "name"],
  [{ name: "a\u200bb" }, "name"],
  [{ name: "a\u0000b" }, "name"],
  [{ name: "a\ud800" }, "name"],
  [{ name: "a", environment: "production" }, "environment"],
  [{ name: "a", userId: "01a20000-0000-7000-8000-000000000000" }, "userId"],
  [{ name: "a", is_active: false }, "is_active"],
  [{ name: "a", toString: 1 }, "toString"],
] as const) {
  test(`generating with ${JSON.stringify(body).slice(0, 50)} is a 400 that names ${field}`, async ({ user }) => {
    const { status, json } = await user.ask("/api/keys", { json: body });
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: expect.any(String), fields: { [field]: [expect.any(String)] } });
    expect((await user.ask("/api/keys")).json).toEqual({ keys: [] });
  });
}

test("64 code points are 64, however they are stored, and markup is text", async ({ user }) => {
  const name = "🔑".repeat(64);
  expect((await user.generateKey(name)).name).toBe(name);
  expect((await user.generateKey("<b>Bold</b>")).name).toBe("<b>Bold</b>");
});

for (const body of [
  {},
  { is_active: "false" },
  { is_active: null },
  { name: "" },
  { revoked_at: null },
  [],
  null,
  "x",
]) {
  test(`changing a key to ${JSON.stringify(body)} is a 400 and changes nothing`, async ({ user }) => {
    const { id } = await user.generateKey();
    const { status } = await user.ask(`/api/keys/${id}`, { method: "PATCH", json: body });
    expect(status).toBe(400);
    expect((await user.ask(`/api/keys/${id}`)).json).toMatchObject({ name: "Production", is_active: true });
  });
}

test("foreign, unknown and malformed ids are one and the same 404", async ({ server, user }) => {
  const { id } = await (await createUser(server.url)).generateKey();
  const answers = new Set<string>();
  for (const target of [id, randomUUID(), "1", "%27", "null"]) {
    for (const request of [{}, { method: "DELETE" }, { method: "PATCH", json: { name: "Mine" } }]) {
      const { status, text } = await user.ask(`/api/keys/${target}`, request);
      answers.add(`${status} ${text}`);
    }
  }
  expect([...answers]).toEqual(['404 {"error":"NotFound","message":"API key not found"}']);
});

test("without a session nothing answers, and an API key is no session", async ({ server, user }) => {
  const { id, key } = await user.generateKey();
  const required = { error: "Unauthorized", message: "Authentication required" };
  for (const headers of [{}, withKey(key), { Authorization: `Api-Key ${key}` }, { Cookie: "session=wrong" }]) {
    for (const [path, method] of [
      ["/api/keys", "GET"],
      ["/api/keys", "POST"],
      [`/api/keys/${id}`, "DELETE"],
    ] as const) {
      const answer = await ask(server.url, path, { method, headers });
      expect([answer.status, answer.json]).toEqual([401, required]);
    }
  }
});

test("other origins are refused, a program without these headers is not", async ({ server, user }) => {
  const refused: Record<string, string>[] = [
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
    { Origin: "https://evil.example" },
    { Origin: "null" },
    { Origin: server.url.replace("localhost", "localhost.evil.example") },
    { "Sec-Fetch-Site": "same-origin", Origin: "https://evil.example" },
  ];
  for (const headers of refused) {
    const { status } = await user.ask("/api/keys", { json: { name: "Stolen" }, headers });
    expect([headers, status]).toEqual([headers, 403]);
  }
  expect(
    (await user.ask("/api/keys", { headers: { "Sec-Fetch-Site": "same-origin", Origin: server.url } })).json,
  ).toEqual({
    keys: [],
  });
});

test("a request whose answer was lost can be repeated without a second key", async ({ user }) => {
  const headers = { "Idempotency-Key": randomUUID() };
  const first = await user.ask("/api/keys", { json: { name: "CI" }, headers });
  const again = await user.ask("/api/keys", { json: { name: "CI" }, headers });
  expect(again.status).toBe(201);
  expect(again.json).not.toHaveProperty("key");
  expect(again.json.id).toBe(first.json.id);
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  expect((await user.ask("/api/keys", { json: { name: "Other" }, headers })).status).toBe(409);
});

test("the hundred-and-first key is refused with what to do", async ({ user }) => {
  for (let index = 0; index < 100; index++) await user.generateKey(`Key ${index}`);
  const { status, json } = await user.ask("/api/keys", { json: { name: "One more" } });
  expect([status, json.error]).toEqual([409, "LimitReached"]);
  expect(((await user.ask("/api/keys")).json.keys as unknown[]).length).toBe(100);
});

test("last used shows after an accepted request and stays as it is after refused ones", async ({ server, user }) => {
  const { id, key } = await user.generateKey();
  const lastUsed = async () => (await user.ask(`/api/keys/${id}`)).json.last_used_at;
  await user.ask(`/api/keys/${id}`, { method: "PATCH", json: { is_active: false } });
  await ask(server.url, "/v2/me", { headers: withKey(key) });
  await user.ask(`/api/keys/${id}`, { method: "PATCH", json: { is_active: true } });
  expect(await lastUsed()).toBeNull();
  await ask(server.url, "/v2/me", { headers: withKey(key) });
  await expect.poll(lastUsed).toMatch(/^\d{4}-/);
});
