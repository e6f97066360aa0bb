import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { deleteKey } from "#lib/keys/end-key";
import { flushRequests } from "#lib/usage/note-request";
import { listRequests, readUsage } from "#lib/usage/read-usage";
import { OUTCOMES, type Outcome, type Refusal } from "#lib/usage/schema";
import { ALL, createKey, note, setTime } from "#lib/usage/testing/seed-requests";

let db: Database;

beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});
afterAll(closeDatabase);

test("a thousand concurrent requests are a thousand, and the newest of them are kept", async () => {
  const { organizationId, keyId } = await createKey();
  const ids = Array.from({ length: 1000 }, () => randomUUID());
  await Promise.all(ids.map(async (id) => note(keyId, { id })));
  await flushRequests();
  expect((await readUsage(organizationId, keyId, "24h")).totals.ok).toBe(1000);
  const { count, requests } = await listRequests(organizationId, keyId, ALL);
  expect(count).toBe(20);
  expect(new Set(requests.map(({ request_id }) => request_id))).toEqual(new Set(ids.slice(-20)));
});

test("a request is shown with what is known about it, and no more", async () => {
  const { organizationId, keyId } = await createKey();
  const id = randomUUID();
  setTime("2026-03-01T10:20:30.456Z");
  note(keyId, { id, method: "POST", route: "/v2/posts", status: 401, refusal: "disabled" });
  await flushRequests();
  expect((await listRequests(organizationId, keyId, ALL)).requests).toEqual([
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
  const { organizationId, keyId } = await createKey();
  const secret = `boring_${"a".repeat(36)}`;
  note(keyId, { userAgent: `${"x".repeat(230)}${secret}${"y".repeat(900)}` });
  note(keyId, { userAgent: null });
  await flushRequests();
  const agents = (await listRequests(organizationId, keyId, ALL)).requests.map(({ user_agent }) => user_agent);
  expect(agents).toContain(null);
  const cut = agents.find((agent) => agent !== null) ?? "";
  expect(cut).toHaveLength(256);
  expect(cut).toContain("boring_[removed]");
  expect(cut).not.toContain("aaa");
});

test("a rare failure or refusal is not lost in a flood of other requests", async () => {
  const { organizationId, keyId } = await createKey();
  note(keyId, { status: 500 });
  note(keyId, { status: 403, refusal: "address" });
  for (let index = 0; index < 500; index++) note(keyId);
  await flushRequests();
  const { requests } = await listRequests(organizationId, keyId, ALL);
  expect(requests.filter(({ status }) => status === 500)).toHaveLength(1);
  expect((await listRequests(organizationId, keyId, { ...ALL, isRefused: true })).count).toBe(1);
  expect((await listRequests(organizationId, keyId, { ...ALL, isRefused: false })).count).toBe(requests.length - 1);
});

test("with very many keys at once each keeps its newest request", async () => {
  const keys = await Promise.all(Array.from({ length: 30 }, createKey));
  for (let turn = 0; turn < 50; turn++) for (const { keyId } of keys) note(keyId, { milliseconds: turn });
  await flushRequests();
  for (const { organizationId, keyId } of keys) {
    expect((await readUsage(organizationId, keyId, "24h")).totals.ok).toBe(50);
    const { requests } = await listRequests(organizationId, keyId, ALL);
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
      for (const [index, { organizationId, keyId }] of keys.entries()) {
        const outcomes = given.flat().flatMap(([key, [, , outcome]]) => (key === index ? [outcome] : []));
        const { totals } = await readUsage(organizationId, keyId, "24h");
        for (const name of OUTCOMES) expect(totals[name]).toBe(outcomes.filter((outcome) => outcome === name).length);
      }
    }),
    { numRuns: 25 },
  );
});

test("a request belongs to the hour in which it was answered", async () => {
  const { organizationId, keyId } = await createKey();
  setTime("2026-03-01T10:59:59.999Z");
  note(keyId);
  setTime("2026-03-01T11:00:00.000Z");
  note(keyId);
  note(keyId);
  await flushRequests();
  const { buckets } = await readUsage(organizationId, keyId, "24h");
  expect(buckets.slice(-2).map(({ start, ok }) => [start, ok])).toEqual([
    ["2026-03-01T10:00:00Z", 1],
    ["2026-03-01T11:00:00Z", 2],
  ]);
});

test("while the database fails no request fails and no count is lost", async () => {
  const { organizationId, keyId } = await createKey();
  const transaction = vi.spyOn(db.prisma, "$transaction").mockRejectedValue(new Error("the connection is gone"));
  for (let round = 0; round < 3; round++) {
    for (let index = 0; index < 30; index++) note(keyId);
    await expect(flushRequests()).rejects.toThrow("gone");
  }
  transaction.mockRestore();
  note(keyId);
  await flushRequests();
  await flushRequests();
  expect((await readUsage(organizationId, keyId, "24h")).totals.ok).toBe(91);
  expect((await listRequests(organizationId, keyId, ALL)).count).toBe(20);
});

test("requests are written without being asked for, also when the first attempt fails", async () => {
  const { organizationId, keyId } = await createKey();
  vi.spyOn(db.prisma, "$transaction").mockRejectedValueOnce(new Error("the connection is gone"));
  note(keyId);
  await expect.poll(async () => (await readUsage(organizationId, keyId, "24h")).totals.ok, { timeout: 15_000 }).toBe(1);
});

test("a stop waits for the write that is under way", async () => {
  const { organizationId, keyId } = await createKey();
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
  expect((await readUsage(organizationId, keyId, "24h")).totals.ok).toBe(2);
});

test("a key that was deleted meanwhile is left out, and keeps nothing else from being written", async () => {
  const [alive, dead] = [await createKey(), await createKey()];
  note(dead.keyId);
  note(alive.keyId);
  note(randomUUID());
  await deleteKey(dead.member, dead.keyId);
  await flushRequests();
  expect((await readUsage(alive.organizationId, alive.keyId, "24h")).totals.ok).toBe(1);
  expect(await db.prisma.keyUsage.count({ where: { keyId: dead.keyId } })).toBe(0);
});
