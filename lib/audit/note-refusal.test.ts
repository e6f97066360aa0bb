import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { flushRefusals, noteRefusal } from "#lib/audit/note-refusal";
import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { Actor } from "#lib/audit/schema";
import { verifyAuditChain } from "#lib/audit/verify-audit-chain";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { countRefusals, forgetRefusals } from "#lib/testing/process-state";

let prisma: Database["prisma"];
let keyId: string;

const FROM: Actor = { kind: "api_key", userId: randomUUID(), address: "192.0.2.7", userAgent: "curl" };

const refuse = (reason: string, address = "192.0.2.7") =>
  noteRefusal({ ...FROM, address }, { action: "key.refused", keyId, details: { reason } });
const recorded = async () => {
  await flushRefusals();
  const rows = await prisma.auditEvent.findMany({ where: { keyId }, orderBy: { seq: "asc" } });
  return rows.map(({ address, details }) => `${address} ${details}`);
};

beforeAll(async () => {
  ({ prisma } = await useMemoryDatabase());
});
beforeEach(() => {
  forgetRefusals();
  keyId = randomUUID();
});
afterAll(closeDatabase);

test("a refusal is told once an hour for each reason and address", async () => {
  for (let times = 0; times < 5; times++) refuse("disabled");
  refuse("disabled", "192.0.2.8");
  refuse("expired");
  expect(await recorded()).toEqual([
    '192.0.2.7 {"reason":"disabled"}',
    '192.0.2.8 {"reason":"disabled"}',
    '192.0.2.7 {"reason":"expired"}',
  ]);
  refuse("disabled");
  expect(await recorded()).toHaveLength(3);
});

test("two people at one address are told each for themselves", async () => {
  const people = [randomUUID(), randomUUID()];
  for (const userId of [...people, ...people]) {
    noteRefusal({ ...FROM, kind: "user", userId }, { action: "sign_in.refused", details: { reason: "x" } });
  }
  await flushRefusals();
  const rows = await prisma.auditEvent.findMany({ where: { userId: { in: people } }, orderBy: { seq: "asc" } });
  expect(rows.map(({ userId }) => userId)).toEqual(people);
});

test("what another instance has told within the hour is not told again", async () => {
  refuse("disabled");
  expect(await recorded()).toHaveLength(1);
  forgetRefusals();
  refuse("disabled");
  refuse("expired");
  expect(await recorded()).toHaveLength(2);
});

test("after an hour it is told again", async () => {
  refuse("disabled");
  expect(await recorded()).toHaveLength(1);
  vi.useFakeTimers({ now: Date.now() + 3_601_000, toFake: ["Date"] });
  refuse("disabled");
  expect(await recorded()).toHaveLength(2);
  vi.useRealTimers();
});

test("refusals are written without anybody asking, as part of the chain", async () => {
  await prisma.$transaction((tx) => recordAuditEvent(tx, FROM, { action: "key.generated", keyId }));
  refuse("deleted");
  await expect.poll(() => prisma.auditEvent.count({ where: { keyId } }), { timeout: 20_000 }).toBe(2);
  expect(await verifyAuditChain()).toHaveProperty("head");
});

test("a database that fails delays nothing, and what was refused meanwhile is written later", async () => {
  const failing = vi.spyOn(prisma, "$transaction").mockRejectedValueOnce(new Error("The database is away."));
  refuse("disabled");
  await expect(flushRefusals()).rejects.toThrow("away");
  failing.mockRestore();
  expect(await recorded()).toEqual(['192.0.2.7 {"reason":"disabled"}']);
});

test("made-up addresses fill the memory only up to a point", async () => {
  for (let n = 0; n < 10_100; n++) refuse("disabled", `2001:db8::${n.toString(16)}`);
  expect(countRefusals()).toEqual({ noted: 10_000, pending: 10_000 });
  forgetRefusals();
});
