import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { createSecret } from "#lib/keys/create-secret";
import { deleteKey, holdKey } from "#lib/keys/end-key";
import { generateKey } from "#lib/keys/generate-key";
import { getKey, listKeys } from "#lib/keys/list-keys";
import { flushLastUses, noteLastUse } from "#lib/keys/note-last-use";
import type { GeneratedKey } from "#lib/keys/schema";
import { updateKey } from "#lib/keys/update-key";
import { verifyOwnedSecret, verifySecret } from "#lib/keys/verify-secret";

let db: Database;

beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);

const as = (organizationId: string) => ({ kind: "user", organizationId, address: null, userAgent: null }) as const;
const createUser = () =>
  db.prisma.user.create({ data: { issuer: "tests", subject: randomUUID(), email: "ada@example.com" } });

const generate = async (organizationId: string): Promise<GeneratedKey & { key: string }> => {
  const { key, ...rest } = await generateKey(as(organizationId), { name: "Production" }, undefined);
  if (!key) throw new Error("the secret is missing");
  return { ...rest, key };
};

test("a generated key opens the door for its owner", async () => {
  const user = await createUser();
  const { id, key } = await generate(user.id);
  await expect(verifyOwnedSecret(key)).resolves.toMatchObject({
    id,
    organizationId: user.id,
    ownerEmail: "ada@example.com",
  });
});

test("the list shows neither the secret nor its hash", async () => {
  const user = await createUser();
  const { key } = await generate(user.id);
  const text = JSON.stringify(await listKeys(user.id));
  expect(text).not.toContain(key.slice(11));
  expect(Object.keys((await listKeys(user.id))[0] ?? {}).slice(0, 6)).toEqual([
    "id",
    "name",
    "key_preview",
    "created_at",
    "last_used_at",
    "is_active",
  ]);
});

test("a well-formed key that nobody generated is unknown", async () => {
  await expect(verifySecret(createSecret())).rejects.toMatchObject({ reason: "unknown" });
});

test("a deleted key is refused, and stays deleted", async () => {
  const user = await createUser();
  const { id, key } = await generate(user.id);
  await deleteKey(as(user.id), id);
  await expect(verifySecret(key)).rejects.toMatchObject({ reason: "deleted" });
  await expect(deleteKey(as(user.id), id)).rejects.toMatchObject({ code: "NotFound" });
  await expect(updateKey(as(user.id), id, { is_active: true })).rejects.toMatchObject({ code: "NotFound" });
  expect(await listKeys(user.id)).toEqual([]);
});

test("posts of a deleted key that still wait stay, unless they are to be cancelled with it", async () => {
  const user = await createUser();
  const account = { network: "sandbox", networkUserId: user.id, username: "sandbox", displayName: "Sandbox" };
  const { id: accountId } = await db.prisma.socialAccount.create({ data: { ...account, organizationId: user.id } });
  const deleteWithPosts = async (cancelsPosts: boolean) => {
    const { id: keyId } = await generate(user.id);
    const post = { organizationId: user.id, accountId, keyId, parts: [], wakeAt: new Date() };
    const statuses = ["scheduled", "queued", "publishing", "published"];
    await db.prisma.post.createMany({ data: statuses.map((status) => ({ ...post, status })) });
    await deleteKey(as(user.id), keyId, { cancelsPosts });
    const rows = await db.prisma.post.findMany({ where: { keyId }, orderBy: { id: "asc" } });
    return rows.map(({ status, wakeAt }) => [status, wakeAt !== null]);
  };
  const rest = [
    ["publishing", true],
    ["published", true],
  ];
  expect(await deleteWithPosts(false)).toEqual([["scheduled", true], ["queued", true], ...rest]);
  expect(await deleteWithPosts(true)).toEqual([["cancelled", false], ["cancelled", false], ...rest]);
});

test("a disabled key is refused until it is enabled", async () => {
  const user = await createUser();
  const { id, key } = await generate(user.id);
  await updateKey(as(user.id), id, { is_active: false });
  await expect(verifySecret(key)).rejects.toMatchObject({ reason: "disabled" });
  const changed = await updateKey(as(user.id), id, { is_active: true, name: "Staging" });
  expect(changed).toMatchObject({ is_active: true, name: "Staging" });
  await expect(verifySecret(key)).resolves.toMatchObject({ name: "Staging" });
});

test("another user's key does not exist", async () => {
  const [owner, stranger] = [await createUser(), await createUser()];
  const { id, key } = await generate(owner.id);
  await expect(getKey(stranger.id, id)).rejects.toMatchObject({ code: "NotFound" });
  await expect(updateKey(as(stranger.id), id, { name: "Mine" })).rejects.toMatchObject({ code: "NotFound" });
  await expect(deleteKey(as(stranger.id), id)).rejects.toMatchObject({ code: "NotFound" });
  await expect(verifySecret(key)).resolves.toMatchObject({ name: "Production" });
});

test("a repeated idempotency key names the same key without its secret", async () => {
  const user = await createUser();
  const first = await generateKey(as(user.id), { name: "CI" }, "once");
  const again = await generateKey(as(user.id), { name: "CI" }, "once");
  expect(again).toEqual({ ...first, key: undefined });
  await expect(generateKey(as(user.id), { name: "Other" }, "once")).rejects.toMatchObject({
    code: "IdempotencyConflict",
  });
  expect(await listKeys(user.id)).toHaveLength(1);
});

test("a user has at most a hundred keys, also when they are generated at the same time", async () => {
  const user = await createUser();
  const results = await Promise.allSettled(
    Array.from({ length: 103 }, (_, index) => generateKey(as(user.id), { name: `Key number ${index}` }, undefined)),
  );
  expect(results.filter((result) => result.status === "rejected")).toHaveLength(3);
  expect(await listKeys(user.id)).toHaveLength(100);
});

test("the last use is written, never runs backwards or into the future, and does not revive a deleted key", async () => {
  const user = await createUser();
  const [used, deleted] = [await generate(user.id), await generate(user.id)];
  noteLastUse(used.id, "192.0.2.7");
  noteLastUse(deleted.id, "192.0.2.7");
  await deleteKey(as(user.id), deleted.id);
  await flushLastUses();
  const { last_used_at: at, last_used_address } = await getKey(user.id, used.id);
  expect(last_used_address).toBe("192.0.2.7");
  expect(Math.abs(Date.parse(at ?? "") - Date.now())).toBeLessThan(10_000);
  expect(await db.prisma.keyLastUse.findUnique({ where: { keyId: deleted.id } })).toBeNull();

  const later = new Date(Date.now() + 3_600_000);
  await db.prisma.keyLastUse.update({ where: { keyId: used.id }, data: { lastUsedAt: later } });
  noteLastUse(used.id, "192.0.2.7");
  await flushLastUses();
  const row = await db.prisma.keyLastUse.findUniqueOrThrow({ where: { keyId: used.id } });
  expect(row.lastUsedAt).toEqual(later);
});

test("a transaction cannot hold a key that was deleted or disabled meanwhile", async () => {
  const user = await createUser();
  const { id } = await generate(user.id);
  const hold = () => db.prisma.$transaction((tx) => holdKey(tx, id));
  await expect(hold()).resolves.toBeUndefined();
  await updateKey(as(user.id), id, { is_active: false });
  await expect(hold()).rejects.toMatchObject({ reason: "disabled" });
  await deleteKey(as(user.id), id);
  await expect(hold()).rejects.toMatchObject({ reason: "deleted" });
});

test("many secrets checked at once each get their own answer", async () => {
  const user = await createUser();
  const keys = await Promise.all(Array.from({ length: 20 }, () => generate(user.id)));
  const found = await Promise.all(keys.map(({ key }) => verifySecret(key)));
  expect(found.map(({ id }) => id)).toEqual(keys.map(({ id }) => id));
});
