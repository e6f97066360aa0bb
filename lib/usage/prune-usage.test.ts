import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { changeSettings } from "#lib/testing/process-state";
import { flushRequests } from "#lib/usage/note-request";
import { MAX_REQUESTS_PER_KEY, pruneUsage } from "#lib/usage/prune-usage";
import { listRequests, readUsage } from "#lib/usage/read-usage";
import { ALL, createKey, HOUR_MILLISECONDS, note, setTime } from "#lib/usage/testing/seed-requests";

let db: Database;

beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(closeDatabase);

test("what is older than the retention goes, the rest stays", async () => {
  const { organizationId, keyId } = await createKey();
  for (const daysAgo of [0, 29, 31, 400]) {
    setTime(new Date(Date.parse("2026-03-01T11:30:00Z") - daysAgo * 24 * HOUR_MILLISECONDS).toISOString());
    note(keyId);
  }
  setTime("2026-03-01T11:30:00Z");
  await flushRequests();
  await pruneUsage();
  expect(await db.prisma.keyUsage.count({ where: { keyId } })).toBe(2);
  expect((await listRequests(organizationId, keyId, ALL)).count).toBe(2);
});

test("a key keeps at most ten thousand requests, the newest, and its counts", async () => {
  const { organizationId, keyId } = await createKey();
  note(keyId);
  await flushRequests();
  await db.prisma.$executeRaw`
    INSERT INTO key_requests (id, key_id, at, method, route, status, milliseconds, address)
    SELECT gen_random_uuid(), ${keyId}::uuid, now() - n * interval '1 second', 'GET', '/v2/me', 200, n, '192.0.2.1'
    FROM generate_series(1, ${MAX_REQUESTS_PER_KEY + 1500}) AS n`;
  await pruneUsage();
  expect(await db.prisma.keyRequest.count({ where: { keyId } })).toBe(MAX_REQUESTS_PER_KEY);
  const oldest = await db.prisma.keyRequest.findFirst({ where: { keyId }, orderBy: { at: "asc" } });
  expect(oldest?.milliseconds).toBe(MAX_REQUESTS_PER_KEY - 1);
  expect((await readUsage(organizationId, keyId, "24h")).totals.ok).toBe(1);
});

test("with a retention of no days nothing is noted, and what was goes", async () => {
  const { organizationId, keyId } = await createKey();
  note(keyId);
  await flushRequests();
  const restoreSettings = changeSettings({ usageRetentionDays: 0 });
  note(keyId);
  await flushRequests();
  setTime(new Date(Date.now() + HOUR_MILLISECONDS).toISOString());
  await pruneUsage();
  restoreSettings();
  expect((await readUsage(organizationId, keyId, "24h")).totals.ok).toBe(0);
  expect((await listRequests(organizationId, keyId, ALL)).count).toBe(0);
});
