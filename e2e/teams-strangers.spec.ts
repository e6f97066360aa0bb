import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { ask, withAuthorization, withKey } from "#lib/testing/console/api-client";
import type { RunningServer } from "#lib/testing/console/start-server";
import { findPostgres } from "#lib/testing/postgres/start-postgres";
import { type Operation, readOperations } from "./read-operations.ts";
import { createPerson, createTeam, type Member, type Team } from "./team.ts";
import { fillTeam, type WatchedDatabase, watchDatabase } from "./watched-database.ts";

test.setTimeout(240_000);
test.skip(!findPostgres(), "PostgreSQL is not installed here, and the rows of the embedded database cannot be watched");
test.describe.configure({ mode: "default" });

let db: WatchedDatabase;
let server: RunningServer;
let team: Team;
let stranger: Member;
let ids: Record<string, string>;
let secret: string;
let operations: Operation[];

test.beforeAll(async () => {
  db = await watchDatabase();
  server = await db.startServer();
  team = await createTeam(server.url, "Nobody else's business");
  stranger = await createPerson(server.url);
  // Their own organization exists before anything is compared.
  await stranger.ask("/api/keys");
  ({ ids, secret } = await fillTeam(db, team));
  operations = (await readOperations(server.url)).filter(({ caller }) => caller === "person");
});
test.afterAll(() => db?.stop());

// Without this, everything about one's own account and session would have to be left out by hand.
const OWN = [
  "/api/organizations",
  "/api/invitations",
  "/api/networks",
  "/api/notices",
  "/api/notices/read",
  "/api/notices/settings",
  "/api/sessions",
  "/api/user",
  "/api/user/export",
];

const takesOrganization = ({ parameters }: Operation) => parameters.some(({ name }) => name === "organization_id");

/** The address of an operation with these ids. */
const toAddress = (operation: Operation, given: Record<string, string>): string => {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name) => given[name] ?? "");
  return takesOrganization(operation) ? `${path}?organization_id=${given.organizationId}` : path;
};

// A body that would be accepted, so that nothing else is the reason of a refusal.
const toBody = ({ method, path }: Operation): { json?: unknown } => {
  if (method === "GET" || method === "DELETE") {
    if (path === "/api/organizations/{organizationId}" && method === "DELETE") {
      return { json: { name: "Nobody else's business" } };
    }
    return {};
  }
  const bodies: Record<string, unknown> = {
    "/api/keys": { name: "Intruder" },
    "/api/keys/{keyId}": { is_active: false },
    "/api/keys/{keyId}/rotate": { overlap_seconds: 0 },
    "/api/keys/lookup": { key: secret },
    "/api/posts": { post: { text: "Intruder" } },
    "/api/posts/{postId}/retry": { how: "retry" },
    "/api/accounts": { network: "webhook", fields: { url: "https://example.com/hook" } },
    "/api/accounts/choices": { choices_id: "unknown", chosen: ["unknown"] },
    "/api/webhooks": { url: "https://example.com/intruder", events: ["post.published"] },
    "/api/webhooks/{webhookId}": { is_active: false },
    "/api/organizations/{organizationId}": { name: "Intruder" },
    "/api/organizations/{organizationId}/members/{userId}": { role: "owner" },
    "/api/organizations/{organizationId}/invitations": { email: stranger.email, role: "owner" },
  };
  return path in bodies ? { json: bodies[path] } : {};
};

test("asked for a thing of an organization that one is not in, every session route answers as for an unknown id", async () => {
  const unknown = Object.fromEntries(Object.keys(ids).map((name) => [name, randomUUID()]));
  const upper = Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, id.toUpperCase()]));
  const before = await db.readTables();
  const asked: string[] = [];
  for (const operation of operations) {
    const { method, path } = operation;
    if (!path.includes("{") && !takesOrganization(operation)) {
      expect(OWN, `${method} ${path} is about oneself`).toContain(path);
      continue;
    }
    const request = { method, ...toBody(operation) };
    const expected = await stranger.ask(toAddress(operation, unknown), request);
    expect(expected.status, `${method} ${path}`).toBe(404);
    for (const given of [ids, upper]) {
      const foreign = await stranger.ask(toAddress(operation, given), request);
      expect([foreign.status, foreign.text], `${method} ${path}`).toEqual([expected.status, expected.text]);
    }
    if (method === "GET") {
      const head = await ask(server.url, toAddress(operation, ids), {
        method: "HEAD",
        headers: { Cookie: stranger.cookie },
      });
      expect(head.status).toBe(404);
    }
    asked.push(`${method} ${path}`);
  }
  expect(asked.length).toBeGreaterThan(35);
  expect(await db.readTables()).toEqual(before);
});

test("a thing in the path of another's organization is not found through one's own", async () => {
  const own = await stranger.ask("/api/organizations");
  const [{ id: organizationId }] = (own.json as { results: [{ id: string }] }).results;
  const before = await db.readTables();
  const path = `/api/organizations/${organizationId}`;
  for (const [method, address, json] of [
    ["PATCH", `${path}/members/${ids.userId}`, { role: "member" }],
    ["DELETE", `${path}/members/${ids.userId}?keys=disable`, undefined],
    ["POST", `${path}/invitations/${ids.invitationId}/renew`, undefined],
    ["DELETE", `${path}/invitations/${ids.invitationId}`, undefined],
    ["POST", `/api/webhooks/${ids.webhookId}/deliveries/${ids.deliveryId}/replay`, undefined],
  ] as const) {
    expect((await stranger.ask(address, { method, ...(json && { json }) })).status, `${method} ${address}`).toBe(404);
  }
  expect(await db.readTables()).toEqual(before);
});

test("a key is refused on every session route, however it is presented", async () => {
  const before = await db.readTables();
  for (const operation of operations) {
    const { method } = operation;
    const request = { method, ...toBody(operation) };
    for (const headers of [withKey(secret), withAuthorization(secret)]) {
      const { status, json } = await ask(server.url, toAddress(operation, ids), { ...request, headers });
      expect([status, json], `${method} ${operation.path}`).toEqual([
        401,
        { error: "Unauthorized", message: "Authentication required" },
      ]);
    }
  }
  expect(await db.readTables()).toEqual(before);
  expect((await ask(server.url, "/v2/me", { headers: withKey(secret) })).status).toBe(200);
});

test("organization_id that is no UUID, given twice, or where no organization is taken, is told so", async () => {
  const before = await db.readTables();
  for (const value of ["abc", "", "%00", "1", `${team.id}x`, `{${team.id}}`]) {
    const answer = await stranger.ask(`/api/keys?organization_id=${value}`);
    expect(answer.status, value).toBe(400);
    expect(answer.json).toMatchObject({
      error: "InvalidRequest",
      fields: { organization_id: ["Expected the id of an organization, which is a UUID."] },
    });
  }
  const twice = `organization_id=${team.id}&organization_id=${team.id}`;
  expect((await team.owner.ask(`/api/keys?${twice}`)).json).toMatchObject({ error: "InvalidRequest" });
  const besides = await team.owner.ask(`/api/keys/${ids.keyId}?organization_id=${team.id}`);
  expect(besides.status).toBe(400);
  expect(await db.readTables()).toEqual(before);
});
