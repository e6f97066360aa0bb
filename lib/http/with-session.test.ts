import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import type { MemberActor } from "#lib/audit/schema";
import { createSession } from "#lib/auth/sessions";
import { closeDatabase, type Database } from "#lib/db/database";
import { defineOperation } from "#lib/http/operation";
import { toResponse } from "#lib/http/testing/to-response";
import { withMembership, withSession } from "#lib/http/with-session";
import { createMember } from "#lib/organizations/testing/test-member";
import { useSettings } from "#lib/testing/process-state";

const operation = defineOperation({
  id: "renameKey",
  method: "PATCH",
  path: "/api/keys/{keyId}",
  summary: "",
  body: z.strictObject({ name: z.string() }),
  answer: { status: 200, description: "", schema: z.object({ name: z.string() }) },
  errors: [],
});
const handle = vi.fn(async ({ body }: { body: { name: string } }) => ({
  body: { name: body.name, hash: "secret" } as { name: string },
}));
const route = withSession(operation, handle);
const handleAsMember = vi.fn(async (_call: { actor: MemberActor }) => ({ body: { name: "Production" } }));
const memberRoute = withMembership({ ...operation, act: "organization.read", path: "/api/keys" }, handleAsMember);

let db: Database;
let userId: string;
let organizationId: string;
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  useSettings({ PUBLIC_URL: "http://localhost:4310" });
  handle.mockClear();
  handleAsMember.mockClear();
  await db.prisma.session.deleteMany();
  ({ userId, organizationId } = await createMember());
  await start("token");
});

const start = (token: string, expiresAt = inSeconds(60)) =>
  createSession({ token, userId, expiresAt, visitor: { userAgent: null, ipAddress: null, previousToken: undefined } });

const call = async (headers: Record<string, string>, body: unknown = { name: "Production" }, asked = route) => {
  const request = new Request("http://localhost:4310/api/keys/1", {
    method: "PATCH",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const response = toResponse(await asked(request, { params: { keyId: "1" } }));
  return { status: response.status, headers: response.headers, json: await response.json() };
};
const SESSION = { cookie: "theme=dark; session=token" };

test("the cookie of a session opens it for its user, and the answer leaves through its schema", async () => {
  const { status, json, headers } = await call(SESSION);
  expect([status, json]).toEqual([200, { name: "Production" }]);
  expect(headers.get("cache-control")).toBe("no-store");
  expect(handle.mock.lastCall?.[0]).toMatchObject({
    actor: { kind: "user", userId, organizationId: null },
    params: { keyId: "1" },
  });
});

test.each<[string, Record<string, string>]>([
  ["no cookie", {}],
  ["an unknown token", { cookie: "session=other" }],
  ["an expired session", { cookie: "session=expired" }],
  ["the name that is used over https", { cookie: "__Host-session=token" }],
  ["two cookies of that name", { cookie: "session=token; session=token" }],
  ["the token in another header", { authorization: "Bearer token", "boring-api-key": "token" }],
  ["a key", { authorization: "Api-Key boring_0123456789ABCDEFGHIJabcdefghij3dpHPp" }],
])("with %s it is 401, in the console's words", async (_what, headers) => {
  await start("expired", inSeconds(-1));
  const { status, json } = await call(headers);
  expect([status, json]).toEqual([401, { error: "Unauthorized", message: "Authentication required" }]);
  expect(handle).not.toHaveBeenCalled();
});

test.each<[number, Record<string, string>]>([
  [200, { "sec-fetch-site": "same-origin", origin: "http://localhost:4310" }],
  [200, { "sec-fetch-site": "none" }],
  [200, { origin: "http://localhost:4310" }],
  [403, { "sec-fetch-site": "cross-site" }],
  [403, { "sec-fetch-site": "same-site" }],
  [403, { "sec-fetch-site": "cross-site", origin: "http://localhost:4310" }],
  [403, { "sec-fetch-site": "same-origin", origin: "https://evil.example" }],
  [403, { origin: "http://localhost:4311" }],
  [403, { origin: "http://localhost:4310.evil.example" }],
  [403, { origin: "null" }],
])("it answers %i to a page that says %j", async (status, headers) => {
  expect((await call({ ...SESSION, ...headers })).status).toBe(status);
  expect(handle).toHaveBeenCalledTimes(status === 200 ? 1 : 0);
});

test("whoever comes from elsewhere is not even told whether there is a session", async () => {
  const foreign = { origin: "https://evil.example" };
  const [known, unknown] = [await call({ ...SESSION, ...foreign }), await call(foreign)];
  expect(known.json).toEqual(unknown.json);
  expect(known.json).toMatchObject({ error: "Forbidden" });
});

test("what belongs to an organization is done for the one that the session shows", async () => {
  const second = await createMember();
  await db.prisma.membership.create({ data: { organizationId: second.organizationId, userId, role: "member" } });
  const askFor = async () => {
    expect((await call(SESSION, undefined, memberRoute)).status).toBe(200);
    return handleAsMember.mock.lastCall?.[0].actor;
  };
  expect(await askFor()).toMatchObject({ kind: "user", userId, organizationId });
  await db.prisma.session.updateMany({ data: { organizationId: second.organizationId } });
  expect(await askFor()).toMatchObject({ userId, organizationId: second.organizationId });
});

test("whoever belongs to no organization gets one of their own, and only with a session of theirs", async () => {
  await db.prisma.membership.deleteMany({ where: { userId } });
  const countMemberships = () => db.prisma.membership.count({ where: { userId } });
  expect((await call({ ...SESSION, origin: "https://evil.example" }, undefined, memberRoute)).status).toBe(403);
  expect((await call({}, undefined, memberRoute)).status).toBe(401);
  expect((await call(SESSION, { nme: "x" }, memberRoute)).status).toBe(400);
  expect(await countMemberships()).toBe(0);
  for (let time = 0; time < 2; time++) expect((await call(SESSION, undefined, memberRoute)).status).toBe(200);
  expect(await countMemberships()).toBe(1);
});

test("input is read for a session alone, and a wrong member is named", async () => {
  expect((await call({}, { nme: "x" })).status).toBe(401);
  const { status, json } = await call(SESSION, { name: "x", userId: "someone" });
  expect([status, json.error, Object.keys(json.fields)]).toEqual([400, "InvalidRequest", ["userId"]]);
});
