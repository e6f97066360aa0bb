import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { ApiError } from "#lib/errors";
import { deleteKey, endKey } from "#lib/keys/end-key";
import { generateKey } from "#lib/keys/generate-key";
import { getKey, listKeys } from "#lib/keys/list-keys";
import { rotateKey } from "#lib/keys/rotate-key";
import { type KeyRequest, MAX_OVERLAP_SECONDS } from "#lib/keys/schema";
import { updateKey } from "#lib/keys/update-key";
import { verifySecret } from "#lib/keys/verify-secret";

let db: Database;

beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);

const as = (organizationId: string) => ({ kind: "user", organizationId, address: null, userAgent: null }) as const;
const createUser = () =>
  db.prisma.user.create({ data: { issuer: "tests", subject: randomUUID(), email: "ada@example.com" } });

const generate = async (organizationId: string, more: Partial<KeyRequest> = {}) => {
  const { key = "", ...rest } = await generateKey(as(organizationId), { name: "Production", ...more }, undefined);
  return { ...rest, key };
};
const rotate = (organizationId: string, keyId: string, overlapSeconds: number) =>
  rotateKey(as(organizationId), { keyId, overlapSeconds, idempotencyKey: undefined });
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const reasonOf = (secret: string) =>
  verifySecret(secret).then(
    () => "accepted",
    (error) => error.reason,
  );

test("the new key is the old one but for secret and expiry; both open until the overlap ends", async () => {
  const user = await createUser();
  const settings = {
    note: "Vault",
    scopes: ["posts:read" as const],
    allowed_addresses: ["192.0.2.0/24"],
    rate_limit_per_minute: 60,
  };
  const old = await generate(user.id, { environment: "prod", expires_at: inSeconds(1e6), ...settings });
  const { key = "", ...made } = await rotate(user.id, old.id, 3600);
  expect(made).toMatchObject({ ...settings, name: "Production", environment: "prod", expires_at: null });
  expect(made).toMatchObject({ replaces: old.id, replaced_by: null });
  expect(await getKey(user.id, old.id)).toMatchObject({ replaced_by: made.id, status: "active" });
  expect(key).toMatch(/^boring_prod_/);
  expect([await reasonOf(old.key), await reasonOf(key)]).toEqual(["accepted", "accepted"]);
});

test("whatever the overlap and the old expiry, the old key ends at the earlier of the two", async () => {
  const user = await createUser();
  const seconds = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: MAX_OVERLAP_SECONDS }));
  const expiry = fc.option(fc.integer({ min: 60, max: 2 * MAX_OVERLAP_SECONDS }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(seconds, expiry, async (overlap, ownSeconds) => {
      const old = await generate(user.id, ownSeconds ? { expires_at: inSeconds(ownSeconds) } : {});
      const wanted = Date.now() + Math.min(overlap, ownSeconds ?? Number.POSITIVE_INFINITY) * 1000;
      const made = await rotate(user.id, old.id, overlap);
      const { expires_at } = await getKey(user.id, old.id);
      expect(Math.abs(Date.parse(expires_at ?? "") - wanted)).toBeLessThan(5000);
      expect(await reasonOf(old.key)).toBe(overlap === 0 ? "expired" : "accepted");
      expect(await reasonOf(made.key ?? "")).toBe("accepted");
      for (const { id } of [old, made]) await deleteKey(as(user.id), id);
    }),
    { numRuns: 30 },
  );
});

const ACTIONS = {
  rotate: (organizationId: string, id: string) => rotate(organizationId, id, 3600),
  "rotate now": (organizationId: string, id: string) => rotate(organizationId, id, 0),
  end: (organizationId: string, id: string) => endKey(as(organizationId), id),
  disable: (organizationId: string, id: string) => updateKey(as(organizationId), id, { is_active: false }),
  enable: (organizationId: string, id: string) => updateKey(as(organizationId), id, { is_active: true }),
  extend: (organizationId: string, id: string) => updateKey(as(organizationId), id, { expires_at: inSeconds(1e6) }),
  never: (organizationId: string, id: string) => updateKey(as(organizationId), id, { expires_at: null }),
};

/** What is left of a key's life, and how many took over from it. */
const lookAt = async (organizationId: string, id: string, secret: string) => {
  const keys = await listKeys(organizationId);
  const key = keys.find((listed) => listed.id === id);
  return {
    end: Date.parse(key?.expires_at ?? "9999-12-31"),
    isOver: (await reasonOf(secret)) === "expired",
    successors: keys.filter(({ replaces }) => replaces === id).length,
  };
};

test("no sequence of changes gives a replaced key a second successor, a later end or a new life", async () => {
  const user = await createUser();
  const action = fc.constantFrom(...(Object.keys(ACTIONS) as (keyof typeof ACTIONS)[]));
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
      const { id, key } = await generate(user.id);
      let before = await lookAt(user.id, id, key);
      for (const name of actions) {
        await ACTIONS[name](user.id, id).catch((error) => expect(error).toBeInstanceOf(ApiError));
        const after = await lookAt(user.id, id, key);
        expect(after.successors).toBeLessThanOrEqual(1);
        if (before.successors === 1) expect(after.end).toBeLessThanOrEqual(before.end);
        if (before.isOver) expect(after.isOver || (await getKey(user.id, id)).status === "disabled").toBe(true);
        before = after;
      }
      for (const listed of await listKeys(user.id)) await deleteKey(as(user.id), listed.id);
    }),
    { numRuns: 40 },
  );
});

test("disabled, expired, replaced, deleted and foreign keys are not rotated", async () => {
  const [user, stranger] = [await createUser(), await createUser()];
  const old = await generate(user.id);
  await updateKey(as(user.id), old.id, { is_active: false });
  await expect(rotate(user.id, old.id, 0)).rejects.toMatchObject({ code: "InvalidState" });
  await updateKey(as(user.id), old.id, { is_active: true });
  await rotate(user.id, old.id, 0);
  await expect(rotate(user.id, old.id, 3600)).rejects.toMatchObject({ code: "InvalidState" });
  const expired = await generate(user.id);
  await db.prisma.apiKey.update({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1000) } });
  await expect(rotate(user.id, expired.id, 0)).rejects.toMatchObject({ code: "InvalidState" });
  await expect(rotate(stranger.id, old.id, 0)).rejects.toMatchObject({ code: "NotFound" });
  await deleteKey(as(user.id), old.id);
  await expect(rotate(user.id, old.id, 0)).rejects.toMatchObject({ code: "NotFound" });
});

test("a key that leaked can be replaced at once, though it is disabled, and never be enabled again", async () => {
  const user = await createUser();
  const { id, key } = await generate(user.id);
  await updateKey(as(user.id), id, { is_active: false });
  await db.prisma.keyLeak.create({ data: { keyId: id, source: "report" } });
  await expect(updateKey(as(user.id), id, { is_active: true })).rejects.toMatchObject({ code: "InvalidState" });
  await expect(rotate(user.id, id, 60)).rejects.toMatchObject({ code: "InvalidState" });
  const made = await rotate(user.id, id, 0);
  expect([await reasonOf(key), await reasonOf(made.key ?? "")]).toEqual(["disabled", "accepted"]);
});

test("of rotations at the same time one succeeds", async () => {
  const user = await createUser();
  const { id } = await generate(user.id);
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => rotate(user.id, id, 60)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a rotation repeated with its idempotency key names the key that it made, without the secret", async () => {
  const user = await createUser();
  const { id } = await generate(user.id);
  const again = { keyId: id, overlapSeconds: 60, idempotencyKey: "once" };
  const first = await rotateKey(as(user.id), again);
  expect(await rotateKey(as(user.id), again)).toEqual({ ...first, key: undefined });
});

test("only a replaced key has an overlap that can be ended", async () => {
  const user = await createUser();
  const { id, key } = await generate(user.id);
  await expect(endKey(as(user.id), id)).rejects.toMatchObject({ code: "InvalidState" });
  await rotate(user.id, id, 3600);
  expect(await endKey(as(user.id), id)).toMatchObject({ status: "expired", is_active: false });
  expect(await reasonOf(key)).toBe("expired");
});

test("an expired key is refused, stays in the list and can be extended", async () => {
  const user = await createUser();
  const { id, key } = await generate(user.id, { expires_at: inSeconds(60) });
  await db.prisma.apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await reasonOf(key)).toBe("expired");
  expect(await listKeys(user.id)).toMatchObject([{ id, status: "expired", is_active: false }]);
  await expect(updateKey(as(user.id), id, { is_active: true })).rejects.toMatchObject({ code: "InvalidState" });
  await updateKey(as(user.id), id, { expires_at: inSeconds(60) });
  expect(await reasonOf(key)).toBe("accepted");
});
