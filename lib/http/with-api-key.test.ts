import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import { closeDatabase, type Database } from "#lib/db/database";
import { ApiError } from "#lib/errors";
import { defineOperation } from "#lib/http/operation";
import { toResponse } from "#lib/http/testing/to-response";
import { withApiKey } from "#lib/http/with-api-key";
import { createSecret } from "#lib/keys/create-secret";
import { deleteKey } from "#lib/keys/end-key";
import { generateKey } from "#lib/keys/generate-key";
import { flushLastUses } from "#lib/keys/note-last-use";
import { createMember } from "#lib/organizations/testing/test-member";
import { say } from "#lib/problems/problem";
import { changeSettings, useSettings } from "#lib/testing/process-state";

const BOTH = ["own", "authorization"] as const;
const GOOD = "boring_0123456789ABCDEFGHIJabcdefghij3dpHPp";
const NOT_PROVIDED = { detail: "Authentication credentials were not provided." };
const INVALID_FORMAT = { detail: "Invalid API key format." };

const operation = defineOperation({
  id: "writePost",
  method: "POST",
  path: "/v2/posts",
  summary: "",
  scope: "posts:write",
  body: z.object({ text: z.string() }),
  answer: { status: 201, description: "", schema: z.object({ text: z.string() }) },
  errors: [],
});
const route = withApiKey(operation, async ({ body, key }) => {
  if (body.text === "break") throw new Error(`of ${key.id}`);
  if (body.text === "missing") throw new ApiError("NotFound", say("post_not_found"));
  return { body: { text: body.text, hash: "secret" } as { text: string } };
});

let db: Database;
let actor: Awaited<ReturnType<typeof createMember>>;

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  useSettings();
  actor = await createMember();
});

const headersOf = (secret: string, header: (typeof BOTH)[number]): Record<string, string> =>
  header === "own" ? { "boring-api-key": secret } : { authorization: `Api-Key ${secret}` };

const call = async (headers: Record<string, string>, body: unknown = { text: "Hello" }) => {
  const address = "203.0.113.7";
  const request = new Request("http://localhost:3000/v2/posts", {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": address, ...headers },
    body: JSON.stringify(body),
  });
  const response = toResponse(await route(request, { params: {} }));
  return { status: response.status, headers: response.headers, json: await response.json() };
};

const generate = async (more: Partial<Parameters<typeof generateKey>[1]> = {}) => {
  const { id, key } = await generateKey(actor, { name: "Production", ...more }, undefined);
  return { id, key: key ?? "" };
};
const endedKey = async (end: "revokedAt" | "disabledAt" | "expiresAt"): Promise<string> => {
  const { id, key } = await generate();
  await db.prisma.apiKey.update({ where: { id }, data: { [end]: new Date(0) } });
  return key;
};

test.each([
  ["malformed_length", INVALID_FORMAT, async () => GOOD.slice(1)],
  ["malformed_characters", INVALID_FORMAT, async () => GOOD.replace("0", "-")],
  ["bad_checksum", INVALID_FORMAT, async () => GOOD.replace("0", "1")],
  ["unknown", NOT_PROVIDED, async () => createSecret()],
  ["deleted", NOT_PROVIDED, () => endedKey("revokedAt")],
  ["disabled", NOT_PROVIDED, () => endedKey("disabledAt")],
  ["expired", NOT_PROVIDED, () => endedKey("expiresAt")],
])(
  "a key that is %s is refused in the words of its header, and the reason is in X-Auth-Error",
  async (reason, detail, make) => {
    const secret = await make();
    for (const header of BOTH) {
      const { status, headers, json } = await call(headersOf(secret, header));
      const body = { error: "Unauthorized", message: "Invalid or missing API key" };
      expect([status, json]).toEqual([401, header === "own" ? body : detail]);
      expect(headers.get("x-auth-error")).toBe(reason);
      expect(headers.get("www-authenticate")).toBe('Api-Key realm="boring"');
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get("ratelimit-limit"), "tells nothing of the key").toBeNull();
    }
  },
);

test("where the server is of one environment, keys tagged for another are refused and untagged ones are not", async () => {
  const restore = changeSettings({ environment: "prod" });
  const keys = [await generate(), await generate({ environment: "prod" }), await generate({ environment: "dev" })];
  const answers = [];
  for (const { key } of keys) answers.push(await call(headersOf(key, "own")));
  restore();
  expect(answers.map(({ status, headers }) => [status, headers.get("x-auth-error")])).toEqual([
    [201, null],
    [201, null],
    [401, "wrong_environment"],
  ]);
});

test.each([
  ["missing", {}, { error: "Unauthorized", message: "Invalid or missing API key" }],
  ["missing", { authorization: "Api-Key" }, NOT_PROVIDED],
  ["wrong_scheme", { authorization: `Bearer ${GOOD}` }, INVALID_FORMAT],
  ["conflicting_credentials", { authorization: `Api-Key ${GOOD}, Api-Key ${GOOD}` }, INVALID_FORMAT],
  ["missing", { cookie: `session=${GOOD}` }, { error: "Unauthorized", message: "Invalid or missing API key" }],
])("without exactly one credential it is 401 (%s, %j)", async (reason, headers, body) => {
  const answer = await call(headers as Record<string, string>);
  expect([answer.status, answer.headers.get("x-auth-error"), answer.json]).toEqual([401, reason, body]);
});

test("what the key opens answers through its schema, with what is left of the limit", async () => {
  const { key } = await generate({ rate_limit_per_minute: 60 });
  const { status, json, headers } = await call(headersOf(key, "own"));
  expect([status, json]).toEqual([201, { text: "Hello" }]);
  expect(headers.get("cache-control")).toBe("no-store");
  const limits = ["limit", "remaining", "policy"].map((name) => headers.get(`ratelimit-${name}`));
  expect(limits).toEqual(["60", "59", "60;w=60"]);
});

test("over its limit a key is told 429 and when to come back, and never 401", async () => {
  const { key } = await generate({ rate_limit_per_minute: 1 });
  await call(headersOf(key, "own"));
  const { status, json, headers } = await call(headersOf(key, "own"));
  expect(status).toBe(429);
  const seconds = Number(headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(50);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(json).toMatchObject({ error: "RateLimitExceeded", retry_after: seconds });
  expect(headers.get("ratelimit-remaining")).toBe("0");
});

test("who has failed too often from one address waits, and the owner of a good key does not", async () => {
  const { key } = await generate();
  const from = { "x-forwarded-for": "198.51.100.1" };
  const failures = Array.from({ length: 31 }, () => call({ ...headersOf(createSecret(), "own"), ...from }));
  const statuses = (await Promise.all(failures)).map(({ status }) => status).sort();
  expect(statuses).toEqual([...Array(30).fill(401), 429]);
  const waiting = await call({ ...headersOf(createSecret(), "authorization"), ...from });
  expect([waiting.status, waiting.headers.get("x-auth-error")]).toEqual([429, null]);
  expect(Number(waiting.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await call({ ...headersOf(key, "own"), ...from })).status).toBe(201);
});

test("a key is held to its scope and to its addresses, in either dialect", async () => {
  const reading = await generate({ scopes: ["posts:read"] });
  const elsewhere = await generate({ allowed_addresses: ["192.0.2.0/24"] });
  expect(await call(headersOf(reading.key, "own"))).toMatchObject({
    status: 403,
    json: { error: "InsufficientPermissions", message: expect.stringContaining("posts:write") },
  });
  const refused = await call(headersOf(elsewhere.key, "authorization"));
  expect([refused.status, Object.keys(refused.json)]).toEqual([403, ["detail"]]);
  expect(refused.json.detail).toContain("203.0.113.7");
});

test("what is wrong with the body is told by field, and only to whom the door is open", async () => {
  const { key } = await generate();
  expect((await call(headersOf(key, "authorization"), {})).json).toEqual({ text: ["This field is required."] });
  expect(await call(headersOf(key, "own"), {})).toMatchObject({
    status: 400,
    json: { error: "MissingParameter", fields: { text: ["This field is required."] } },
  });
  expect((await call({}, {})).status).toBe(401);
});

test("a key counts as used when it was let in and nothing failed here", async () => {
  const lastUse = async (secret: string, id: string, text: string) => {
    const { status } = await call(headersOf(secret, "own"), { text });
    await flushLastUses();
    return [status, (await db.prisma.keyLastUse.count({ where: { keyId: id } })) === 1];
  };
  const [broken, missing, fine, ended] = [await generate(), await generate(), await generate(), await generate()];
  expect(await lastUse(broken.key, broken.id, "break")).toEqual([500, false]);
  expect(await lastUse(missing.key, missing.id, "missing")).toEqual([404, true]);
  expect(await lastUse(fine.key, fine.id, "Hello")).toEqual([201, true]);
  await deleteKey(actor, ended.id);
  expect(await lastUse(ended.key, ended.id, "Hello")).toEqual([401, false]);
});
