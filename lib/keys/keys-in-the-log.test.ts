import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { listAuditEvents } from "#lib/audit/list-audit-events";
import type { MemberActor } from "#lib/audit/schema";
import { verifyAuditChain } from "#lib/audit/verify-audit-chain";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { deleteKey, endKey } from "#lib/keys/end-key";
import { generateKey } from "#lib/keys/generate-key";
import { rotateKey } from "#lib/keys/rotate-key";
import type { KeyRequest } from "#lib/keys/schema";
import { updateKey } from "#lib/keys/update-key";
import { createMember } from "#lib/organizations/testing/test-member";

let db: Database;
let member: MemberActor;

const actor = () => ({ ...member, sessionId: randomUUID(), address: "192.0.2.7", userAgent: "curl" });
const generate = (more: Partial<KeyRequest> = {}) => generateKey(actor(), { name: "Production", ...more }, undefined);
const rotate = (keyId: string, overlapSeconds: number, idempotencyKey?: string) =>
  rotateKey(actor(), { keyId, overlapSeconds, idempotencyKey });

/** The events since the key was generated, oldest first. */
const events = async () => {
  const reader = { ...member, role: "owner" as const };
  const { events } = await listAuditEvents(reader, {}, { skip: 0, take: 100 });
  return events.reverse().map(({ action, key, details }) => ({ action, keyId: key?.id, details }));
};

beforeAll(async () => {
  db = await useMemoryDatabase();
});
beforeEach(async () => {
  member = await createMember();
});
afterAll(closeDatabase);

test("the log tells what a key was generated with, and nothing of its secret", async () => {
  const { id, key = "" } = await generate({ environment: "dev", note: "Vault", scopes: ["posts:read"] });
  const told = await events();
  const settings = { note: "Vault", scopes: ["posts:read"], allowed_addresses: [], expires_at: null };
  const details = { ...settings, name: "Production", environment: "dev", rate_limit_per_minute: null };
  expect(told).toEqual([{ action: "key.generated", keyId: id, details }]);
  const stored = JSON.stringify(
    await db.prisma.auditEvent.findMany({ where: { ownerId: member.organizationId }, omit: { seq: true } }),
  );
  expect(stored).not.toContain(key.slice(12));
});

test("the log tells each member that a change gave another value, with both", async () => {
  const { id } = await generate({ note: "Vault" });
  await updateKey(actor(), id, { name: "Staging", note: "Vault", scopes: ["posts:read"], is_active: false });
  await updateKey(actor(), id, { is_active: true });
  expect((await events()).slice(1)).toEqual([
    {
      action: "key.updated",
      keyId: id,
      details: {
        changes: { name: { from: "Production", to: "Staging" }, scopes: { from: ["*"], to: ["posts:read"] } },
      },
    },
    { action: "key.disabled", keyId: id, details: {} },
    { action: "key.enabled", keyId: id, details: {} },
  ]);
});

test("the log tells of both keys of a rotation, of the end of the overlap, and of a deletion", async () => {
  const old = await generate();
  const made = await rotate(old.id, 3600, "once");
  await rotate(old.id, 3600, "once");
  await endKey(actor(), old.id);
  await deleteKey(actor(), old.id);
  expect((await events()).slice(1)).toMatchObject([
    { action: "key.rotated", keyId: old.id, details: { replaced_by: made.id, overlap_seconds: 3600 } },
    { action: "key.generated", keyId: made.id, details: { replaces: old.id } },
    { action: "key.ended", keyId: old.id },
    { action: "key.deleted", keyId: old.id, details: { name: "Production" } },
  ]);
});

test("what changed nothing, failed or was repeated is not told", async () => {
  const { id } = await generate();
  const again = () => generateKey(actor(), { name: "CI" }, "once");
  await again();
  await again();
  await updateKey(actor(), id, { name: "Production", is_active: true });
  await expect(endKey(actor(), id)).rejects.toThrow("has not been replaced");
  await expect(deleteKey(actor(), randomUUID())).rejects.toThrow("not found");
  await rotate(id, 0);
  await endKey(actor(), id);
  const actions = (await events()).map(({ action }) => action);
  expect(actions).toEqual(["key.generated", "key.generated", "key.rotated", "key.generated"]);
});

test("fifty changes at once, of few keys and many kinds, are one chain and no error", async () => {
  const keys = await Promise.all(Array.from({ length: 5 }, () => generate()));
  const before = (await events()).length;
  const changes = Array.from({ length: 50 }, (_, index) => {
    const { id = "" } = keys[index % 5] ?? {};
    return index % 10 === 9 ? generate() : updateKey(actor(), id, { name: `Name ${index}` });
  });
  await Promise.all(changes);
  expect(await events()).toHaveLength(before + 50);
  expect(await verifyAuditChain()).toHaveProperty("head");
});
