import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PrismaClient } from "#lib/db/generated/client";
import { requireRightInstants } from "#lib/db/instants";
import { openPostgres } from "#lib/db/open-postgres";
import { administrate, migrateTestPostgres, openTestPostgres } from "#lib/db/testing/open-test-postgres";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";

const SUMMER = new Date("2026-07-01T23:34:56.789Z");
const WINTER = new Date("2026-01-01T00:10:00.000Z");
const LATER = new Date("2027-07-15T01:00:00.000Z");
// In New York the clocks went from two to three at 07:00 that day.
const SPRING = new Date("2026-03-08T01:59:00.000Z");

/** An id that holds a moment, as the product's ids do. */
const toId = (moment: Date) =>
  `${moment
    .getTime()
    .toString(16)
    .padStart(12, "0")
    .replace(/(.{8})/, "$1-")}-7${randomUUID().slice(15)}`;

/** Writes what an installation holds, by the driver as it is and by SQL, as the version before did. */
const writeAsBefore = async (url: string, moments: Date[]) => {
  const pool = new Pool({ connectionString: url });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  for (const at of moments) {
    const subject = at.toISOString();
    const userId = toId(at);
    await prisma.user.create({ data: { id: userId, issuer: "i", subject, email: "a@b.test", createdAt: at } });
    // As the migration to organizations copies them.
    const organizationId = toId(at);
    await prisma.organization.create({ data: { id: organizationId, name: subject, createdAt: at } });
    await prisma.membership.create({ data: { organizationId, userId, role: "owner", createdAt: at } });
    const account = {
      id: toId(at),
      organizationId,
      network: "sandbox",
      networkUserId: "s",
      username: "s",
      displayName: "s",
    };
    await prisma.socialAccount.create({ data: { ...account, createdAt: at } });
    const key = { organizationId, name: "Key", preview: "p", createdAt: at };
    const old = await prisma.apiKey.create({
      data: { ...key, id: randomUUID(), hash: Buffer.from(`o${subject}`), expiresAt: LATER },
    });
    await prisma.apiKey.create({
      data: { ...key, hash: Buffer.from(`n${subject}`), expiresAt: LATER, replacesId: old.id },
    });
    // As a rotation does.
    await pool.query("UPDATE api_keys SET expires_at = '2026-08-01T00:00:00Z' WHERE id = $1", [old.id]);
    await pool.query("INSERT INTO key_last_uses (key_id, last_used_at) VALUES ($1, '2026-08-01T00:00:00Z')", [old.id]);
    const post = { organizationId, accountId: account.id, parts: [], createdAt: at };
    await prisma.post.create({
      data: { ...post, id: randomUUID(), status: "scheduled", scheduledAt: LATER, wakeAt: LATER },
    });
    const tried = randomUUID();
    await prisma.post.create({ data: { ...post, id: tried, status: "queued", attempts: 1, failures: 1 } });
    await pool.query("UPDATE posts SET wake_at = '2026-08-01T00:00:00Z' WHERE id = $1", [tried]);
  }
  await prisma.$disconnect();
  await pool.end();
};

const readAll = async (url: string) => {
  const { prisma, close } = await openTestPostgres(url);
  const users = await prisma.user.findMany({ include: { memberships: true }, orderBy: { subject: "asc" } });
  const organizations = await prisma.organization.findMany({ orderBy: { name: "asc" } });
  const keys = await prisma.apiKey.findMany({ include: { lastUse: true }, orderBy: { expiresAt: "asc" } });
  const posts = await prisma.post.findMany({ orderBy: { wakeAt: "asc" } });
  await close();
  return { users, organizations, keys, posts };
};

const run = (url: string, ...options: string[]) => {
  const env = { NODE_ENV: "test" as const, PATH: process.env.PATH, DATABASE_URL: url, LOG_LEVEL: "silent" };
  return promisify(execFile)(process.execPath, ["scripts/correct-times.ts", ...options], { env }).then(
    ({ stdout }) => stdout,
    ({ stderr }: { stderr: string }) => stderr,
  );
};

const check = async (url: string) => {
  const connection = await openPostgres(url);
  return requireRightInstants(connection)
    .catch((error: Error) => error.message)
    .finally(() => connection.close());
};

describe.skipIf(!findPostgres())("moments that were written in a server's own zone", { timeout: 120_000 }, () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres({ settings: { datestyle: "ISO" } });
  });
  afterAll(() => postgres.stop());

  const prepare = async (zone: string, moments: Date[]) => {
    const name = zone.replace("/", "_").toLowerCase() + moments.length;
    const url = await postgres.createDatabase(name);
    await administrate(url, `ALTER DATABASE ${name} SET timezone = '${zone}'`);
    await migrateTestPostgres(url);
    await writeAsBefore(url, moments);
    return url;
  };

  test.each([
    ["Asia/Taipei", [SUMMER, WINTER, SPRING]],
    ["America/New_York", [SUMMER, WINTER, SPRING]],
    ["Australia/Lord_Howe", [SUMMER, WINTER]],
    ["Europe/London", [WINTER]],
  ])("%s: nothing is served until they are moved to what was meant, once", async (zone, moments) => {
    const url = await prepare(zone, moments);
    expect(await check(url)).toMatch(new RegExp(`${zone}.*npm run db:correct-times`));
    const before = await readAll(url);
    expect(await run(url, "--dry-run")).toMatch(/posts\.scheduled_at: \d[\s\S]*Nothing was changed/);
    expect(await readAll(url)).toEqual(before);
    expect(await run(url)).toContain(`Moved from ${zone} to UTC`);
    const after = await readAll(url);
    const { users, organizations, keys, posts } = after;
    for (const { subject, createdAt, memberships } of users) {
      expect([createdAt, ...memberships.map((membership) => membership.createdAt)]).toEqual([
        new Date(subject),
        new Date(subject),
      ]);
    }
    for (const { name, createdAt } of organizations) expect(createdAt.toISOString()).toBe(name);
    const right = new Date("2026-08-01T00:00:00Z");
    expect(
      new Set(keys.map(({ expiresAt, replacesId }) => `${replacesId !== null} ${expiresAt?.toISOString()}`)),
    ).toEqual(new Set([`true ${LATER.toISOString()}`, `false ${right.toISOString()}`]));
    expect(keys.flatMap(({ lastUse }) => lastUse?.lastUsedAt ?? [])).toEqual(moments.map(() => right));
    expect(posts.map(({ wakeAt }) => wakeAt)).toEqual([...moments.map(() => right), ...moments.map(() => LATER)]);
    for (const { scheduledAt } of posts) if (scheduledAt) expect(scheduledAt).toEqual(LATER);
    expect(await run(url)).toContain("already been checked");
    expect(await readAll(url)).toEqual(after);
    expect(await check(url)).toBeUndefined();
  });

  test("what is right already is left alone, and what was written in several zones is not guessed at", async () => {
    const right = await prepare("UTC", [SUMMER, WINTER]);
    expect(await check(right)).toBeUndefined();
    expect(await run(right)).toContain("already been checked");
    const mixed = await prepare("Asia/Taipei", [SUMMER]);
    await administrate(mixed, "ALTER DATABASE asia_taipei1 SET timezone = 'America/New_York'");
    await writeAsBefore(mixed, [WINTER]);
    expect(await check(mixed)).toContain("npm run db:correct-times");
    expect(await run(mixed)).toContain("--zone");
    expect(await run(mixed, "--zone", "Mars/Olympus")).toContain("Mars/Olympus");
    expect(await run(mixed, "--keep")).toContain("Nothing was changed");
    expect(await check(mixed)).toBeUndefined();
  });
});
