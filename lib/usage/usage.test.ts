import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { settings } from "#lib/env";
import { deleteKey } from "#lib/keys/delete-key";
import { generateKey } from "#lib/keys/generate-key";
import { listRequests } from "#lib/usage/list-requests";
import { flushRequests, noteRequest } from "#lib/usage/note-request";
import { MAX_REQUESTS_PER_KEY, pruneUsage } from "#lib/usage/prune-usage";
import { readSparklines } from "#lib/usage/read-sparklines";
import { readUsage } from "#lib/usage/read-usage";
import { OUTCOMES, type Outcome, type Refusal } from "#lib/usage/schema";
import type { NotedRequest } from "#lib/usage/write-tallies";

const HOUR = 3_600_000;
const ALL = { isRefused: undefined, skip: 0, take: 100 };

let db: Database;

beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});
afterAll(closeDatabase);

const createUser = () =>
  db.prisma.user.create({ data: { issuer: "tests", subject: randomUUID(), email: "ada@example.com" } });

const as = (userId: string) => ({ kind: "user", userId, address: null, userAgent: null }) as const;

const createKey = async () => {
  const user = await createUser();
  return { userId: user.id, keyId: (await generateKey(as(user.id), { name: "Production" }, undefined)).id };
};

const note = (keyId: string, more: Partial<NotedRequest> = {}) =>
  noteRequest({
    id: randomUUID(),
    keyId,
    method: "GET",
    route: "/v2/me",
    status: 200,
    milliseconds: 1.26,
    address: "192.0.2.1",
    userAgent: "curl/8.5.0",
    ...more,
  });

const setTime = (moment: string) => vi.useFakeTimers({ toFake: ["Date"], now: new Date(moment) });

test("a thousand concurrent requests are a thousand, and the newest of them are kept", async () => {
  const { userId, keyId } = await createKey();
  const ids = Array.from({ length: 1000 }, () => randomUUID());
  await Promise.all(ids.map(async (id) => note(keyId, { id })));
  await flushRequests();
  expect((await readUsage(userId, keyId, "24h")).totals.ok).toBe(1000);
  const { count, requests } = await listRequests(userId, keyId, ALL);
  expect(count).toBe(20);
  expect(new Set(requests.map(({ request_id }) => request_id))).toEqual(new Set(ids.slice(-20)));
});

test("a request is shown with what is known about it, and no more", async () => {
  const { userId, keyId } = await createKey();
  const id = randomUUID();
  setTime("2026-03-01T10:20:30.456Z");
  note(keyId, { id, method: "POST", route: "/v2/posts", status: 401, refusal: "disabled" });
  await flushRequests();
  expect((await listRequests(userId, keyId, ALL)).requests).toEqual([
    {
      request_id: id,
      at: "2026-03-01T10:20:30Z",
      method: "POST",
      route: "/v2/posts",
      status: 401,
      refusal: "disabled",
      milliseconds: 1.3,
      address: "192.0.2.1",
      user_agent: "curl/8.5.0",
    },
  ]);
});

test("a user agent is cut, and a key in it is removed", async () => {
  const { userId, keyId } = await createKey();
  const secret = `boring_${"a".repeat(36)}`;
  note(keyId, { userAgent: `${"x".repeat(230)}${secret}${"y".repeat(900)}` });
  note(keyId, { userAgent: null });
  await flushRequests();
  const agents = (await listRequests(userId, keyId, ALL)).requests.map(({ user_agent }) => user_agent);
  expect(agents).toContain(null);
  const cut = agents.find((agent) => agent !== null) ?? "";
  expect(cut).toHaveLength(256);
  expect(cut).toContain("boring_[removed]");
  expect(cut).not.toContain("aaa");
});

test("a rare failure or refusal is not lost in a flood of other requests", async () => {
  const { userId, keyId } = await createKey();
  note(keyId, { status: 500 });
  note(keyId, { status: 403, refusal: "address" });
  for (let index = 0; index < 500; index++) note(keyId);
  await flushRequests();
  const { requests } = await listRequests(userId, keyId, ALL);
  expect(requests.filter(({ status }) => status === 500)).toHaveLength(1);
  expect((await listRequests(userId, keyId, { ...ALL, isRefused: true })).count).toBe(1);
  expect((await listRequests(userId, keyId, { ...ALL, isRefused: false })).count).toBe(requests.length - 1);
});

test("with very many keys at once each keeps its newest request", async () => {
  const keys = await Promise.all(Array.from({ length: 30 }, createKey));
  for (let turn = 0; turn < 50; turn++) for (const { keyId } of keys) note(keyId, { milliseconds: turn });
  await flushRequests();
  for (const { userId, keyId } of keys) {
    expect((await readUsage(userId, keyId, "24h")).totals.ok).toBe(50);
    const { requests } = await listRequests(userId, keyId, ALL);
    expect(requests.map(({ milliseconds }) => milliseconds).sort()).toEqual([44, 45, 46, 47, 48, 49]);
  }
});

test("whatever is noted, in whatever portions it is written, every request is counted once under its outcome", async () => {
  const answer = fc.constantFrom<[status: number, refusal: Refusal | undefined, outcome: Outcome]>(
    [200, undefined, "ok"],
    [302, undefined, "ok"],
    [400, undefined, "client_error"],
    [404, undefined, "client_error"],
    [429, undefined, "limited"],
    [500, undefined, "server_error"],
    [503, undefined, "server_error"],
    [401, "disabled", "refused"],
    [403, "address", "refused"],
  );
  const portions = fc.array(fc.array(fc.tuple(fc.nat(2), answer), { maxLength: 60 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(portions, async (given) => {
      const keys = await Promise.all([createKey(), createKey(), createKey()]);
      for (const portion of given) {
        for (const [key, [status, refusal]] of portion) note(keys[key]?.keyId ?? "", { status, refusal });
        await flushRequests();
      }
      for (const [index, { userId, keyId }] of keys.entries()) {
        const outcomes = given.flat().flatMap(([key, [, , outcome]]) => (key === index ? [outcome] : []));
        const { totals } = await readUsage(userId, keyId, "24h");
        for (const name of OUTCOMES) expect(totals[name]).toBe(outcomes.filter((outcome) => outcome === name).length);
      }
    }),
    { numRuns: 25 },
  );
});

test("a request belongs to the hour in which it was answered", async () => {
  const { userId, keyId } = await createKey();
  setTime("2026-03-01T10:59:59.999Z");
  note(keyId);
  setTime("2026-03-01T11:00:00.000Z");
  note(keyId);
  note(keyId);
  await flushRequests();
  const { buckets } = await readUsage(userId, keyId, "24h");
  expect(buckets.slice(-2).map(({ start, ok }) => [start, ok])).toEqual([
    ["2026-03-01T10:00:00Z", 1],
    ["2026-03-01T11:00:00Z", 2],
  ]);
});

test("every hour or day of a period is there, and nothing from before it", async () => {
  const { userId, keyId } = await createKey();
  const now = Date.parse("2026-03-01T11:30:00Z");
  for (const hoursAgo of [0, 23, 24, 167, 168, 29 * 24 + 11, 29 * 24 + 12]) {
    setTime(new Date(now - hoursAgo * HOUR).toISOString());
    note(keyId);
  }
  setTime(new Date(now).toISOString());
  await flushRequests();
  for (const [period, length, first, total] of [
    ["24h", 24, "2026-02-28T12:00:00Z", 2],
    ["7d", 168, "2026-02-22T12:00:00Z", 4],
    ["30d", 30, "2026-01-31T00:00:00Z", 6],
  ] as const) {
    const { buckets, totals } = await readUsage(userId, keyId, period);
    expect([period, buckets.length, buckets[0]?.start]).toEqual([period, length, first]);
    expect([period, totals.ok, buckets.reduce((sum, { ok }) => sum + ok, 0)]).toEqual([period, total, total]);
    expect(buckets[0]?.ok).toBe(1);
  }
});

test("a sparkline has thirty days, ends today and leaves refused attempts out", async () => {
  const { userId, keyId } = await createKey();
  for (const [moment, times] of [
    ["2026-01-30T23:59:59Z", 5],
    ["2026-01-31T00:00:00Z", 1],
    ["2026-03-01T00:00:00Z", 2],
  ] as const) {
    setTime(moment);
    for (let time = 0; time < times; time++) note(keyId);
    note(keyId, { status: 401, refusal: "disabled" });
  }
  await flushRequests();
  const sparklines = await readSparklines(userId);
  expect(sparklines).toEqual({ [keyId]: [1, ...Array.from({ length: 28 }, () => 0), 2] });
  expect(await readSparklines((await createUser()).id)).toEqual({});
});

test("while the database fails no request fails and no count is lost", async () => {
  const { userId, keyId } = await createKey();
  const transaction = vi.spyOn(db.prisma, "$transaction").mockRejectedValue(new Error("the connection is gone"));
  for (let round = 0; round < 3; round++) {
    for (let index = 0; index < 30; index++) note(keyId);
    await expect(flushRequests()).rejects.toThrow("gone");
  }
  transaction.mockRestore();
  note(keyId);
  await flushRequests();
  await flushRequests();
  expect((await readUsage(userId, keyId, "24h")).totals.ok).toBe(91);
  expect((await listRequests(userId, keyId, ALL)).count).toBe(20);
});

test("requests are written without being asked for, also when the first attempt fails", async () => {
  const { userId, keyId } = await createKey();
  vi.spyOn(db.prisma, "$transaction").mockRejectedValueOnce(new Error("the connection is gone"));
  note(keyId);
  await expect.poll(async () => (await readUsage(userId, keyId, "24h")).totals.ok, { timeout: 15_000 }).toBe(1);
});

test("a stop waits for the write that is under way", async () => {
  const { userId, keyId } = await createKey();
  const { $transaction } = db.prisma;
  const gate = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  vi.spyOn(db.prisma, "$transaction").mockImplementationOnce(async (...given) => {
    started.resolve();
    await gate.promise;
    return Reflect.apply($transaction, db.prisma, given);
  });
  note(keyId);
  await started.promise;
  note(keyId);
  const stopped = flushRequests();
  gate.resolve();
  await stopped;
  expect((await readUsage(userId, keyId, "24h")).totals.ok).toBe(2);
});

test("what is older than the retention goes, the rest stays", async () => {
  const { userId, keyId } = await createKey();
  for (const daysAgo of [0, 29, 31, 400]) {
    setTime(new Date(Date.parse("2026-03-01T11:30:00Z") - daysAgo * 24 * HOUR).toISOString());
    note(keyId);
  }
  setTime("2026-03-01T11:30:00Z");
  await flushRequests();
  await pruneUsage();
  expect(await db.prisma.keyUsage.count({ where: { keyId } })).toBe(2);
  expect((await listRequests(userId, keyId, ALL)).count).toBe(2);
});

test("a key keeps at most ten thousand requests, the newest, and its counts", async () => {
  const { userId, keyId } = await createKey();
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
  expect((await readUsage(userId, keyId, "24h")).totals.ok).toBe(1);
});

test("with a retention of no days nothing is noted, and what was goes", async () => {
  const { userId, keyId } = await createKey();
  note(keyId);
  await flushRequests();
  const given = settings();
  const shared = globalThis as { boringSettings?: typeof given };
  shared.boringSettings = { ...given, usageRetentionDays: 0 };
  note(keyId);
  await flushRequests();
  setTime(new Date(Date.now() + HOUR).toISOString());
  await pruneUsage();
  shared.boringSettings = given;
  expect((await readUsage(userId, keyId, "24h")).totals.ok).toBe(0);
  expect((await listRequests(userId, keyId, ALL)).count).toBe(0);
});

test("foreign, unknown, deleted and malformed keys are the same 404", async () => {
  const [owner, other] = [await createKey(), await createKey()];
  note(owner.keyId);
  await flushRequests();
  const deleted = (await generateKey(as(owner.userId), { name: "Old" }, undefined)).id;
  await deleteKey(as(owner.userId), deleted);
  for (const [userId, keyId] of [
    [other.userId, owner.keyId],
    [owner.userId, randomUUID()],
    [owner.userId, deleted],
    [owner.userId, "1"],
    [owner.userId, undefined],
  ] as const) {
    const notFound = { code: "NotFound", message: "API key not found" };
    await expect(readUsage(userId, keyId, "24h")).rejects.toMatchObject(notFound);
    await expect(listRequests(userId, keyId, ALL)).rejects.toMatchObject(notFound);
  }
});

test("a key that was deleted meanwhile is left out, and keeps nothing else from being written", async () => {
  const [alive, dead] = [await createKey(), await createKey()];
  note(dead.keyId);
  note(alive.keyId);
  note(randomUUID());
  await deleteKey(as(dead.userId), dead.keyId);
  await flushRequests();
  expect((await readUsage(alive.userId, alive.keyId, "24h")).totals.ok).toBe(1);
  expect(await db.prisma.keyUsage.count({ where: { keyId: dead.keyId } })).toBe(0);
});
