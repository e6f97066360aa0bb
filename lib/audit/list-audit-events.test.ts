import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listAuditEvents } from "#lib/audit/list-audit-events";
import { hashAuditEvent } from "#lib/audit/record-audit-event";
import { type AuditFilter, PERSONAL_ACTIONS } from "#lib/audit/schema";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";

let prisma: Database["prisma"];
let seq = 0n;

// Of somebody whose organization took over their id.
const FOUNDER = randomUUID();
const ADA = { organizationId: FOUNDER, userId: randomUUID(), role: "owner" as const };
const KEY = randomUUID();

const insert = async (
  at: string,
  ownerId: string,
  action: string,
  keyId: string | null = null,
  actorId: string | null = null,
) => {
  seq += 1n;
  const from = { actor: "user", actorId, sessionId: null, address: null, userAgent: null };
  const row = {
    seq,
    at: new Date(at),
    ownerId,
    action,
    keyId,
    ...from,
    details: "{}",
    previousHash: new Uint8Array(32),
  };
  await prisma.auditEvent.create({ data: { ...row, hash: hashAuditEvent(row) } });
};
const find = async (filter: AuditFilter) => {
  const { count, events } = await listAuditEvents(ADA, filter, { skip: 0, take: 10 });
  expect(count).toBe(events.length);
  return events.map(({ at }) => at.slice(0, 10));
};

beforeAll(async () => {
  ({ prisma } = await useMemoryDatabase());
  await insert("2025-01-14T23:59:59.999Z", ADA.userId, "session.started");
  await insert("2025-01-15T10:30:00.750Z", ADA.organizationId, "key.generated", KEY);
  await insert("2025-01-16T00:00:00.000Z", ADA.organizationId, "key.deleted", KEY);
  await insert("2025-01-17T00:00:00.000Z", randomUUID(), "key.deleted", KEY);
  for (const action of PERSONAL_ACTIONS) await insert("2025-01-18T00:00:00.000Z", FOUNDER, action);
});
afterAll(closeDatabase);

test("the organization's events and one's own are listed, newest first, and nobody else's", async () => {
  expect(await find({})).toEqual(["2025-01-16", "2025-01-15", "2025-01-14"]);
});

test("signing in and out is told to whoever did it and to no other member, even where ids are the same", async () => {
  const founder = { ...ADA, userId: FOUNDER };
  const elsewhere = { ...ADA, organizationId: randomUUID() };
  const listActions = async (reader: typeof ADA, filter: AuditFilter = {}) => {
    const { events } = await listAuditEvents(reader, filter, { skip: 0, take: 10 });
    return events.map(({ action }) => action).reverse();
  };
  expect(await listActions(ADA)).toEqual(["session.started", "key.generated", "key.deleted"]);
  expect(await listActions(founder)).toEqual(["key.generated", "key.deleted", ...PERSONAL_ACTIONS]);
  for (const action of PERSONAL_ACTIONS.slice(1)) expect(await listActions(ADA, { action })).toEqual([]);
  expect(await listActions(elsewhere)).toEqual(["session.started"]);
});

test("events are found by what happened and by key", async () => {
  expect(await find({ action: "key.generated" })).toEqual(["2025-01-15"]);
  expect(await find({ key_id: KEY })).toEqual(["2025-01-16", "2025-01-15"]);
  expect(await find({ key_id: KEY.toUpperCase(), action: "key.deleted" })).toEqual(["2025-01-16"]);
  expect(await find({ key_id: randomUUID() })).toEqual([]);
});

test("a day is a whole day of UTC, a moment its whole second, and both ends are wanted", async () => {
  expect(await find({ from: "2025-01-15", to: "2025-01-15" })).toEqual(["2025-01-15"]);
  expect(await find({ from: "2025-01-15" })).toEqual(["2025-01-16", "2025-01-15"]);
  expect(await find({ to: "2025-01-14" })).toEqual(["2025-01-14"]);
  expect(await find({ to: "2025-01-15T10:30:00Z" })).toEqual(["2025-01-15", "2025-01-14"]);
  expect(await find({ to: "2025-01-15T10:29:59Z" })).toEqual(["2025-01-14"]);
  expect(await find({ from: "2025-01-16T08:00:00+08:00" })).toEqual(["2025-01-16"]);
  expect(await find({ from: "2025-01-16", to: "2025-01-14" })).toEqual([]);
});

test("times that no database can hold are asked for without harm", async () => {
  expect(await find({ from: "0000-01-01", to: "9999-12-31" })).toHaveLength(3);
  expect(await find({ to: "9999-12-31T23:59:59-12:00" })).toHaveLength(3);
  expect(await find({ from: "9999-12-31T23:59:59-12:00", to: "0000-01-01" })).toEqual([]);
});

test("an event names the person who did it, and once their account is gone only has their id", async () => {
  const ben = { name: "Ben", email: "ben@example.com" };
  const { id } = await prisma.user.create({ data: { issuer: "tests", subject: randomUUID(), ...ben } });
  const reader = { ...ADA, organizationId: randomUUID() };
  await insert("2025-02-01T00:00:00.000Z", reader.organizationId, "key.deleted", KEY, id);
  const read = async () =>
    (await listAuditEvents(reader, { action: "key.deleted" }, { skip: 0, take: 10 })).events.map(
      ({ actor_id, actor_user }) => ({ actor_id, actor_user }),
    );
  expect(await read()).toEqual([{ actor_id: id, actor_user: { id, ...ben } }]);
  await prisma.user.delete({ where: { id } });
  expect(await read()).toEqual([{ actor_id: id, actor_user: null }]);
});
