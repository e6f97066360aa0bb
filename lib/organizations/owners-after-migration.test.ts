import { createHash, randomUUID } from "node:crypto";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordAuditEvent } from "#lib/audit/record-audit-event";
import { verifyAuditChain } from "#lib/audit/verify-audit-chain";
import { findSession } from "#lib/auth/sessions";
import type { Connection } from "#lib/db/connection";
import { PrismaClient } from "#lib/db/generated/client";
import { migrate } from "#lib/db/migrate";
import { toLiteral } from "#lib/db/sql-values";
import { listDatabases } from "#lib/db/testing/list-databases";
import { useDatabase } from "#lib/testing/process-state";

const MIGRATIONS = "prisma/migrations";
const MIGRATION = /_organizations$/;

const PEOPLE = [
  { id: randomUUID(), name: "  Ada Lovelace ", email: "ada@example.com", organization: "Ada Lovelace" },
  { id: randomUUID(), name: null, email: "ben@example.com", organization: "ben" },
  { id: randomUUID(), name: " ", email: "@example.com", organization: "@example.com" },
  { id: randomUUID(), name: "字".repeat(200), email: "word@example.com", organization: "字".repeat(64) },
];

/** Applies what there was before organizations. */
const migrateToBefore = async (target: ReturnType<Connection["migrationTarget"]>) => {
  const folder = await mkdtemp(path.join(tmpdir(), "boring-before-"));
  const names = (await readdir(MIGRATIONS)).sort();
  const earlier = names.slice(
    0,
    names.findIndex((name) => MIGRATION.test(name)),
  );
  for (const name of earlier) await cp(path.join(MIGRATIONS, name), path.join(folder, name), { recursive: true });
  await migrate(target, folder);
  await rm(folder, { recursive: true });
};

type Row = Record<string, unknown>;

const toInsert = (table: string, row: Row) =>
  `INSERT INTO ${table} (${Object.keys(row).join(", ")}) VALUES (${Object.values(row).map(toLiteral).join(", ")})`;

/** Everything that a user owned, as it was written then. */
const toOwned = ({ id: user_id, name, email }: (typeof PEOPLE)[number]): [table: string, row: Row][] => {
  const [account_id, key_id] = [randomUUID(), randomUUID()];
  const names = { network: "sandbox", network_user_id: "sandbox", username: "sandbox", display_name: "Sandbox" };
  const key = { user_id, name: "Production", preview: "boring_abc..." };
  const hash = () => createHash("sha256").update(randomUUID()).digest();
  const post = { user_id, account_id, status: "published", parts: "[]" };
  const claim = { user_id, scope: "posts", body_hash: hash(), resource_id: randomUUID() };
  return [
    ["users", { id: user_id, issuer: "i", subject: user_id, name, email, created_at: "2025-01-15T10:30:00Z" }],
    [
      "sessions",
      {
        id: randomUUID(),
        user_id,
        token_hash: createHash("sha256").update(user_id).digest(),
        expires_at: "2999-01-01T00:00:00Z",
      },
    ],
    ["social_accounts", { id: account_id, user_id, ...names }],
    ["api_keys", { id: key_id, ...key, hash: hash() }],
    ["api_keys", { id: randomUUID(), ...key, hash: hash(), revoked_at: "2025-01-15T10:30:00Z" }],
    ["posts", { id: randomUUID(), ...post, key_id }],
    ["posts", { id: randomUUID(), ...post, key_id: null }],
    ["webhook_endpoints", { id: randomUUID(), user_id, url: "https://a.test", secret: "s", events: ["post.failed"] }],
    ["idempotency_keys", { ...claim, key: "once" }],
    [
      "pending_connections",
      {
        ...{ state_hash: hash(), user_id, network: "mastodon", server_url: "https://a.test", credential: "c" },
        expires_at: "2999-01-01T00:00:00Z",
      },
    ],
  ];
};

/** The log as it was written and hashed before there were actors' ids. */
const toLog = (): Row[] => {
  const rows: Row[] = [];
  let previous = Buffer.alloc(32);
  for (const [index, owner] of [...PEOPLE.map(({ id }) => id), null].entries()) {
    const [at, session, key] = ["2025-01-15T10:30:00.750Z", index === 1 ? randomUUID() : null, randomUUID()];
    const members = [`${index + 1}`, at, owner, "key.generated", "user", session, key, "192.0.2.7", null, '{"a":"金"}'];
    const hash = createHash("sha256")
      .update(JSON.stringify([...members, previous.toString("hex")]))
      .digest();
    const [seq, , user_id, action, actor, session_id, key_id, address, user_agent, details] = members;
    rows.push({
      ...{ seq, at, user_id, action, actor, session_id, key_id, address, user_agent, details },
      ...{ previous_hash: previous, hash },
    });
    previous = hash;
  }
  return rows;
};

const { databases, stop } = listDatabases();
afterAll(stop);

describe.each(databases)("an installation from before organizations, %s", (_name, open) => {
  let connection: Connection;
  let prisma: PrismaClient;
  let before: Row[];
  const query = (text: string) => connection.query<Row>({ name: text.slice(0, 60), text }, []);
  const readLog = (owner: string) =>
    query(`SELECT to_jsonb(e) - '${owner}' - 'actor_id' AS row, ${owner} AS owner FROM audit_events e ORDER BY seq`);

  beforeAll(async () => {
    connection = await open();
    const target = connection.migrationTarget();
    await migrateToBefore(target);
    for (const [table, row] of PEOPLE.flatMap(toOwned)) await target.execute(toInsert(table, row));
    for (const row of toLog()) await target.execute(toInsert("audit_events", row));
    before = await readLog("user_id");
    expect(await migrate(target)).toContainEqual(expect.stringMatching(MIGRATION));
    await target.close();
    prisma = new PrismaClient({ adapter: connection.adapterFactory });
    useDatabase({ prisma, urgent: prisma, connection });
  }, 120_000);
  afterAll(async () => {
    await prisma.$disconnect();
    await connection.close();
  });

  test("everybody is the owner of one organization, which is called after them and as old as they are", async () => {
    const organizations = await prisma.organization.findMany({ include: { memberships: true } });
    expect(organizations).toHaveLength(PEOPLE.length);
    const createdAt = new Date("2025-01-15T10:30:00Z");
    for (const { id, organization: name } of PEOPLE) {
      const membership = { organizationId: id, userId: id, role: "owner", createdAt };
      const expected = { id, name, namedAfterId: id, createdAt, deletedAt: null, memberships: [membership] };
      expect(organizations).toContainEqual(expected);
      expect(await findSession(id)).toMatchObject({ user: { id }, membership: { organizationId: id, role: "owner" } });
    }
  });

  test.each(["social_accounts", "api_keys", "posts", "webhook_endpoints", "idempotency_keys", "pending_connections"])(
    "all rows of %s belong to the organization of whoever owned them",
    async (table) => {
      const rows = await query(`SELECT organization_id AS id, count(*)::int AS count FROM ${table} GROUP BY 1`);
      const count = table === "api_keys" || table === "posts" ? 2 : 1;
      const byId = new Map(rows.map((row) => [row.id, row.count]));
      expect(byId).toEqual(new Map(PEOPLE.map(({ id }) => [id, count])));
    },
  );

  test("a key was generated by its user, a post without a key written by them, and one of a key by nobody else", async () => {
    const keys = await prisma.apiKey.findMany();
    for (const { createdById, organizationId } of keys) expect(createdById).toBe(organizationId);
    const posts = await prisma.post.findMany();
    for (const { authorId, keyId, organizationId } of posts) expect(authorId).toBe(keyId ? null : organizationId);
    for (const { userId, organizationId } of await prisma.pendingConnection.findMany()) {
      expect(userId).toBe(organizationId);
    }
  });

  test("the log is the same letter by letter, verifies, and goes on", async () => {
    expect(await readLog("owner_id")).toEqual(before);
    const [{ id: userId }] = PEOPLE as [(typeof PEOPLE)[number]];
    const actor = { kind: "user", organizationId: userId, userId, address: null, userAgent: null } as const;
    expect(await verifyAuditChain()).toMatchObject({ count: before.length });
    await prisma.$transaction((tx) => recordAuditEvent(tx, actor, { action: "key.deleted" }));
    expect(await verifyAuditChain()).toMatchObject({ count: before.length + 1 });
  });

  test("who is gone leaves their organization's keys and posts, and an organization takes its own along", async () => {
    const [leaver, other] = PEOPLE as [(typeof PEOPLE)[number], (typeof PEOPLE)[number]];
    await prisma.user.delete({ where: { id: leaver.id } });
    const where = { organizationId: leaver.id };
    expect(await prisma.apiKey.findMany({ where })).toMatchObject([{ createdById: null }, { createdById: null }]);
    expect(await prisma.post.findMany({ where })).toMatchObject([{ authorId: null }, { authorId: null }]);
    await prisma.organization.delete({ where: { id: leaver.id } });
    expect([await prisma.apiKey.count({ where }), await prisma.post.count({ where })]).toEqual([0, 0]);
    expect(await prisma.apiKey.count({ where: { organizationId: other.id } })).toBe(2);
  });
});
