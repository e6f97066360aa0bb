import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MemberActor } from "#lib/audit/schema";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { ApiError } from "#lib/errors";
import { deleteKey, endKey } from "#lib/keys/end-key";
import { generateKey } from "#lib/keys/generate-key";
import { getKey, listKeys } from "#lib/keys/list-keys";
import { rotateKey } from "#lib/keys/rotate-key";
import { type KeyRequest, MAX_OVERLAP_SECONDS } from "#lib/keys/schema";
import { updateKey } from "#lib/keys/update-key";
import { verifySecret } from "#lib/keys/verify-secret";
import { createMember } from "#lib/organizations/testing/test-member";

let db: Database;

beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);

const generate = async (member: MemberActor, more: Partial<KeyRequest> = {}) => {
  const { key = "", ...rest } = await generateKey(member, { name: "Production", ...more }, undefined);
  return { ...rest, key };
};
const rotate = (member: MemberActor, keyId: string, overlapSeconds: number) =>
  rotateKey(member, { keyId, overlapSeconds, idempotencyKey: undefined });
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const reasonOf = (secret: string) =>
  verifySecret(secret).then(
    () => "accepted",
    (error) => error.reason,
  );

test("the new key is the old one but for secret and expiry; both open until the overlap ends", async () => {
  const member = await createMember();
  const settings = {
    note: "Vault",
    scopes: ["posts:read" as const],
    allowed_addresses: ["192.0.2.0/24"],
    rate_limit_per_minute: 60,
  };
  const old = await generate(member, { environment: "prod", expires_at: inSeconds(1e6), ...settings });
  const { key = "", ...made } = await rotate(member, old.id, 3600);
  expect(made).toMatchObject({ ...settings, name: "Production", environment: "prod", expires_at: null });
  expect(made).toMatchObject({ replaces: old.id, replaced_by: null });
  expect(await getKey(member.organizationId, old.id)).toMatchObject({ replaced_by: made.id, status: "active" });
  expect(key).toMatch(/^boring_prod_/);
  expect([await reasonOf(old.key), await reasonOf(key)]).toEqual(["accepted", "accepted"]);
});

test("whatever the overlap and the old expiry, the old key ends at the earlier of the two", async () => {
  const member = await createMember();
  const seconds = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: MAX_OVERLAP_SECONDS }));
  const expiry = fc.option(fc.integer({ min: 60, max: 2 * MAX_OVERLAP_SECONDS }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(seconds, expiry, async (overlap, ownSeconds) => {
      const old = await generate(member, ownSeconds ? { expires_at: inSeconds(ownSeconds) } : {});
      const wanted = Date.now() + Math.min(overlap, ownSeconds ?? Number.POSITIVE_INFINITY) * 1000;
      const made = await rotate(member, old.id, overlap);
      const { expires_at } = await getKey(member.organizationId, old.id);
      expect(Math.abs(Date.parse(expires_at ?? "") - wanted)).toBeLessThan(5000);
      expect(await reasonOf(old.key)).toBe(overlap === 0 ? "expired" : "accepted");
      expect(await reasonOf(made.key ?? "")).toBe("accepted");
      for (const { id } of [old, made]) await deleteKey(member, id);
    }),
    { numRuns: 30 },
  );
});

const ACTIONS = {
  rotate: (member: MemberActor, id: string) => rotate(member, id, 3600),
  "rotate now": (member: MemberActor, id: string) => rotate(member, id, 0),
  end: (member: MemberActor, id: string) => endKey(member, id),
  disable: (member: MemberActor, id: string) => updateKey(member, id, { is_active: false }),
  enable: (member: MemberActor, id: string) => updateKey(member, id, { is_active: true }),
  extend: (member: MemberActor, id: string) => updateKey(member, id, { expires_at: inSeconds(1e6) }),
  never: (member: MemberActor, id: string) => updateKey(member, id, { expires_at: null }),
};

/** What is left of a key's life, and how many took over from it. */
const lookAt = async (member: MemberActor, id: string, secret: string) => {
  const keys = await listKeys(member.organizationId);
  const key = keys.find((listed) => listed.id === id);
  return {
    end: Date.parse(key?.expires_at ?? "9999-12-31"),
    isOver: (await reasonOf(secret)) === "expired",
    successors: keys.filter(({ replaces }) => replaces === id).length,
  };
};

test("no sequence of changes gives a replaced key a second successor, a later end or a new life", async () => {
  const member = await createMember();
  const action = fc.constantFrom(...(Object.keys(ACTIONS) as (keyof typeof ACTIONS)[]));
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
      const { id, key } = await generate(member);
      let before = await lookAt(member, id, key);
      for (const name of actions) {
        await ACTIONS[name](member, id).catch((error) => expect(error).toBeInstanceOf(ApiError));
        const after = await lookAt(member, id, key);
        expect(after.successors).toBeLessThanOrEqual(1);
        if (before.successors === 1) expect(after.end).toBeLessThanOrEqual(before.end);
        if (before.isOver)
          expect(after.isOver || (await getKey(member.organizationId, id)).status === "disabled").toBe(true);
        before = after;
      }
      for (const listed of await listKeys(member.organizationId)) await deleteKey(member, listed.id);
    }),
    { numRuns: 40 },
  );
});

test("disabled, expired, replaced, deleted and foreign keys are not rotated", async () => {
  const [member, stranger] = [await createMember(), await createMember()];
  const old = await generate(member);
  await updateKey(member, old.id, { is_active: false });
  await expect(rotate(member, old.id, 0)).rejects.toMatchObject({ code: "InvalidState" });
  await updateKey(member, old.id, { is_active: true });
  await rotate(member, old.id, 0);
  await expect(rotate(member, old.id, 3600)).rejects.toMatchObject({ code: "InvalidState" });
  const expired = await generate(member);
  await db.prisma.apiKey.update({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1000) } });
  await expect(rotate(member, expired.id, 0)).rejects.toMatchObject({ code: "InvalidState" });
  await expect(rotate(stranger, old.id, 0)).rejects.toMatchObject({ code: "NotFound" });
  await deleteKey(member, old.id);
  await expect(rotate(member, old.id, 0)).rejects.toMatchObject({ code: "NotFound" });
});

test("a key that leaked can be replaced at once, though it is disabled, and never be enabled again", async () => {
  const member = await createMember();
  const { id, key } = await generate(member);
  await updateKey(member, id, { is_active: false });
  await db.prisma.keyLeak.create({ data: { keyId: id, source: "report" } });
  await expect(updateKey(member, id, { is_active: true })).rejects.toMatchObject({ code: "InvalidState" });
  await expect(rotate(member, id, 60)).rejects.toMatchObject({ code: "InvalidState" });
  const made = await rotate(member, id, 0);
  expect([await reasonOf(key), await reasonOf(made.key ?? "")]).toEqual(["disabled", "accepted"]);
});

test("a key was made by who generated it, and its replacement by who rotated it, whoever they are", async () => {
  const [member, colleague] = [await createMember(), await createMember()];
  const { organizationId } = member;
  await db.prisma.membership.create({ data: { organizationId, userId: colleague.userId, role: "admin" } });
  const { id } = await generate(member);
  const made = await rotate({ ...colleague, organizationId }, id, 0);
  const makers = await db.prisma.apiKey.findMany({ where: { organizationId }, orderBy: { createdAt: "asc" } });
  expect(makers.map((key) => [key.id, key.createdById])).toEqual([
    [id, member.userId],
    [made.id, colleague.userId],
  ]);
});

test("of rotations at the same time one succeeds", async () => {
  const member = await createMember();
  const { id } = await generate(member);
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => rotate(member, id, 60)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a rotation repeated with its idempotency key names the key that it made, without the secret", async () => {
  const member = await createMember();
  const { id } = await generate(member);
  const again = { keyId: id, overlapSeconds: 60, idempotencyKey: "once" };
  const first = await rotateKey(member, again);
  expect(await rotateKey(member, again)).toEqual({ ...first, key: undefined });
});

test("only a replaced key has an overlap that can be ended", async () => {
  const member = await createMember();
  const { id, key } = await generate(member);
  await expect(endKey(member, id)).rejects.toMatchObject({ code: "InvalidState" });
  await rotate(member, id, 3600);
  expect(await endKey(member, id)).toMatchObject({ status: "expired", is_active: false });
  expect(await reasonOf(key)).toBe("expired");
});

test("an expired key is refused, stays in the list and can be extended", async () => {
  const member = await createMember();
  const { id, key } = await generate(member, { expires_at: inSeconds(60) });
  await db.prisma.apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await reasonOf(key)).toBe("expired");
  expect(await listKeys(member.organizationId)).toMatchObject([{ id, status: "expired", is_active: false }]);
  await expect(updateKey(member, id, { is_active: true })).rejects.toMatchObject({ code: "InvalidState" });
  await updateKey(member, id, { expires_at: inSeconds(60) });
  expect(await reasonOf(key)).toBe("accepted");
});
