import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hashAuditEvent, recordAuditEvent } from "#lib/audit/record-audit-event";
import type { Actor, AuditEntry } from "#lib/audit/schema";
import { verifyAuditChain } from "#lib/audit/verify-audit-chain";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";

let prisma: Database["prisma"];

const ADA: Actor = {
  kind: "user",
  organizationId: randomUUID(),
  userId: randomUUID(),
  address: "192.0.2.7",
  userAgent: "Firefox",
};

const record = (...entries: AuditEntry[]) => prisma.$transaction((tx) => recordAuditEvent(tx, ADA, ...entries));
const rename = (to: string): AuditEntry => ({ action: "key.updated", keyId: randomUUID(), details: { to } });

/** What somebody with the database's own password can do. */
const tamper = async (sql: string) => {
  await prisma.$executeRawUnsafe("ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only");
  await prisma.$executeRawUnsafe(sql);
  await prisma.$executeRawUnsafe("ALTER TABLE audit_events ENABLE TRIGGER audit_events_append_only");
};

beforeAll(async () => {
  ({ prisma } = await useMemoryDatabase());
});
beforeEach(() => tamper("DELETE FROM audit_events"));
afterAll(closeDatabase);

describe("recording", () => {
  test("each event follows the one before it, from the first on", async () => {
    await record(rename("a"));
    await record(rename("b"), rename("c"));
    const rows = await prisma.auditEvent.findMany({ orderBy: { seq: "asc" } });
    expect(rows.map(({ seq }) => seq)).toEqual([1n, 2n, 3n]);
    expect(rows.map(({ previousHash }) => previousHash)).toEqual([new Uint8Array(32), rows[0]?.hash, rows[1]?.hash]);
    expect(await verifyAuditChain()).toEqual({ count: 3, head: { seq: 3n, hash: toHex(rows[2]?.hash) } });
  });

  test("an event says who, from where, to what and whose", async () => {
    const owner = randomUUID();
    const keyId = randomUUID();
    await prisma.$transaction((tx) =>
      recordAuditEvent(tx, { ...ADA, kind: "report", userId: null }, { action: "key.leaked", ownerId: owner, keyId }),
    );
    expect(await prisma.auditEvent.findFirst()).toMatchObject({
      action: "key.leaked",
      actor: "report",
      actorId: null,
      ownerId: owner,
      keyId,
      address: "192.0.2.7",
      userAgent: "Firefox",
      details: "{}",
    });
  });

  test("an event belongs to the organization that it was done for, what concerns a person alone to that person", async () => {
    await record(
      rename("a"),
      { action: "session.started" },
      { action: "key.refused", keyId: randomUUID(), ownerId: null },
    );
    const rows = await prisma.auditEvent.findMany({ orderBy: { seq: "asc" } });
    expect(rows.map(({ ownerId }) => ownerId)).toEqual([ADA.organizationId, ADA.userId, null]);
    expect(rows.map(({ actorId }) => actorId)).toEqual([ADA.userId, ADA.userId, ADA.userId]);
  });

  test("what a change rolled back leaves no event, and no gap", async () => {
    const failing = prisma.$transaction(async (tx) => {
      await recordAuditEvent(tx, ADA, rename("never"));
      throw new Error("the change failed");
    });
    await expect(failing).rejects.toThrow("the change failed");
    await record(rename("a"));
    expect(await verifyAuditChain()).toMatchObject({ count: 1, head: { seq: 1n } });
  });

  test("fifty changes at once are one chain", async () => {
    await Promise.all(Array.from({ length: 50 }, (_, index) => record(rename(`${index}`))));
    expect(await verifyAuditChain()).toMatchObject({ count: 50, head: { seq: 50n } });
  });

  test("more events than one read or one statement can take are one chain", async () => {
    await record(...Array.from({ length: 3500 }, () => rename("x")));
    expect(await verifyAuditChain()).toMatchObject({ count: 3500, head: { seq: 3500n } });
  });

  test("nothing shaped like a key is kept, wherever it came from", async () => {
    const key = "boring_0123456789ABCDEFGHIJabcdefghij3dpHPp";
    const actor = { ...ADA, userAgent: `curl ${key}` };
    await prisma.$transaction((tx) => recordAuditEvent(tx, actor, rename(key)));
    const [row] = await prisma.auditEvent.findMany();
    expect([row?.userAgent, row?.details]).toEqual(["curl boring_[removed]", '{"to":"boring_[removed]"}']);
  });

  test("ids in capitals and letters of any script verify as they were recorded", async () => {
    await record({
      action: "key.updated",
      keyId: randomUUID().toUpperCase(),
      details: { to: "金鑰 🔑 \ud800 \u0000" },
    });
    expect(await verifyAuditChain()).toMatchObject({ count: 1 });
  });

  test("rows cannot be changed, deleted or cut off", async () => {
    await record(rename("a"));
    for (const sql of ["UPDATE audit_events SET action = 'x'", "DELETE FROM audit_events", "TRUNCATE audit_events"]) {
      await expect(prisma.$executeRawUnsafe(sql)).rejects.toThrow("append-only");
    }
  });
});

describe("verifying", () => {
  beforeEach(() => record(...["a", "b", "c", "d", "e"].map(rename)));

  test("every member of an event is covered", async () => {
    for (const change of [
      "at = at + interval '1 millisecond'",
      `owner_id = '${randomUUID()}'`,
      "owner_id = NULL",
      `actor_id = '${randomUUID()}'`,
      "actor_id = NULL",
      "action = 'key.deleted'",
      "actor = 'operator'",
      `session_id = '${randomUUID()}'`,
      "key_id = NULL",
      "address = '192.0.2.8'",
      "user_agent = 'Safari'",
      "details = details || ' '",
      "previous_hash = '\\x00'",
      "hash = sha256('x')",
    ]) {
      await tamper("DELETE FROM audit_events");
      await record(...["a", "b", "c"].map(rename));
      await tamper(`UPDATE audit_events SET ${change} WHERE seq = 2`);
      expect(await verifyAuditChain(), change).toEqual({ fault: "changed", seq: 2n });
    }
  });

  test("a removed event is missed, the first one too", async () => {
    await tamper("DELETE FROM audit_events WHERE seq = 3");
    expect(await verifyAuditChain()).toEqual({ fault: "missing", seq: 3n });
    await tamper("DELETE FROM audit_events WHERE seq = 1");
    expect(await verifyAuditChain()).toEqual({ fault: "missing", seq: 1n });
  });

  test("a gap that was closed by counting down is noticed", async () => {
    await tamper("DELETE FROM audit_events WHERE seq = 3");
    await tamper("UPDATE audit_events SET seq = seq - 1 WHERE seq > 3");
    expect(await verifyAuditChain()).toEqual({ fault: "changed", seq: 3n });
  });

  test("two events that changed places are noticed", async () => {
    await tamper("UPDATE audit_events SET seq = -2 WHERE seq = 2");
    await tamper("UPDATE audit_events SET seq = 2 WHERE seq = 3");
    await tamper("UPDATE audit_events SET seq = 3 WHERE seq = -2");
    expect(await verifyAuditChain()).toEqual({ fault: "changed", seq: 2n });
  });

  const forge = async (seq: bigint, previousHash: Uint8Array<ArrayBuffer>) => {
    const found = await prisma.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    const row = { ...found, seq, previousHash };
    await prisma.auditEvent.create({ data: { ...row, hash: hashAuditEvent(row) } });
  };

  test("a row that was appended without the chain is noticed, and one before the first", async () => {
    await forge(6n, new Uint8Array(32).fill(1));
    expect(await verifyAuditChain()).toEqual({ fault: "unlinked", seq: 6n });
    await forge(-7n, new Uint8Array(32));
    expect(await verifyAuditChain()).toEqual({ fault: "unlinked", seq: -7n });
  });

  test("an event rewritten with a fitting hash is betrayed by the one after it", async () => {
    const row = await prisma.auditEvent.findUniqueOrThrow({ where: { seq: 2n } });
    const hash = toHex(hashAuditEvent({ ...row, action: "key.deleted" }));
    await tamper(`UPDATE audit_events SET action = 'key.deleted', hash = '\\x${hash}' WHERE seq = 2`);
    expect(await verifyAuditChain()).toEqual({ fault: "unlinked", seq: 3n });
  });

  test("a noted end proves that nothing before it was cut off or written anew", async () => {
    const { hash } = await prisma.auditEvent.findUniqueOrThrow({ where: { seq: 4n } });
    const noted = { seq: 4n, hash: toHex(hash) };
    await record(rename("later"));
    expect(await verifyAuditChain(noted)).toMatchObject({ count: 6 });
    expect(await verifyAuditChain({ ...noted, hash: "00".repeat(32) })).toEqual({ fault: "noted", seq: 4n });
    await tamper("DELETE FROM audit_events WHERE seq > 2");
    expect(await verifyAuditChain()).toMatchObject({ count: 2 });
    expect(await verifyAuditChain(noted)).toEqual({ fault: "missing", seq: 3n });
  });
});

function toHex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString("hex");
}
