import { afterAll, beforeAll, expect, test } from "vitest";
import type { MemberActor } from "#lib/audit/schema";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { createSecret } from "#lib/keys/create-secret";
import { deleteKey, holdKey } from "#lib/keys/end-key";
import { generateKey } from "#lib/keys/generate-key";
import { getKey, listKeys } from "#lib/keys/list-keys";
import { flushLastUses, noteLastUse } from "#lib/keys/note-last-use";
import type { GeneratedKey } from "#lib/keys/schema";
import { updateKey } from "#lib/keys/update-key";
import { verifyOwnedSecret, verifySecret } from "#lib/keys/verify-secret";
import { createMember } from "#lib/organizations/testing/test-member";

let db: Database;

beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);

const generate = async (member: MemberActor): Promise<GeneratedKey & { key: string }> => {
  const { key, ...rest } = await generateKey(member, { name: "Production" }, undefined);
  if (!key) throw new Error("the secret is missing");
  return { ...rest, key };
};

test("a generated key opens the door for its owner", async () => {
  const member = await createMember();
  const { id, key } = await generate(member);
  await expect(verifyOwnedSecret(key)).resolves.toMatchObject({
    id,
    organizationId: member.organizationId,
    ownerEmail: "ada@example.com",
  });
});

test("the list shows neither the secret nor its hash", async () => {
  const member = await createMember();
  const { key } = await generate(member);
  const text = JSON.stringify(await listKeys(member.organizationId));
  expect(text).not.toContain(key.slice(11));
  expect(Object.keys((await listKeys(member.organizationId))[0] ?? {}).slice(0, 6)).toEqual([
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
  const member = await createMember();
  const { id, key } = await generate(member);
  await deleteKey(member, id);
  await expect(verifySecret(key)).rejects.toMatchObject({ reason: "deleted" });
  await expect(deleteKey(member, id)).rejects.toMatchObject({ code: "NotFound" });
  await expect(updateKey(member, id, { is_active: true })).rejects.toMatchObject({ code: "NotFound" });
  expect(await listKeys(member.organizationId)).toEqual([]);
});

test("posts of a deleted key that still wait stay, unless they are to be cancelled with it", async () => {
  const member = await createMember();
  const account = { network: "sandbox", networkUserId: "sandbox-2", username: "sandbox", displayName: "Sandbox" };
  const { id: accountId } = await db.prisma.socialAccount.create({
    data: { ...account, organizationId: member.organizationId },
  });
  const deleteWithPosts = async (cancelsPosts: boolean) => {
    const { id: keyId } = await generate(member);
    const post = { organizationId: member.organizationId, accountId, keyId, parts: [], wakeAt: new Date() };
    const statuses = ["scheduled", "queued", "publishing", "published"];
    await db.prisma.post.createMany({ data: statuses.map((status) => ({ ...post, status })) });
    await deleteKey(member, keyId, { cancelsPosts });
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
  const member = await createMember();
  const { id, key } = await generate(member);
  await updateKey(member, id, { is_active: false });
  await expect(verifySecret(key)).rejects.toMatchObject({ reason: "disabled" });
  const changed = await updateKey(member, id, { is_active: true, name: "Staging" });
  expect(changed).toMatchObject({ is_active: true, name: "Staging" });
  await expect(verifySecret(key)).resolves.toMatchObject({ name: "Staging" });
});

test("another organization's key does not exist", async () => {
  const [owner, stranger] = [await createMember(), await createMember()];
  const { id, key } = await generate(owner);
  await expect(getKey(stranger.organizationId, id)).rejects.toMatchObject({ code: "NotFound" });
  await expect(updateKey(stranger, id, { name: "Mine" })).rejects.toMatchObject({ code: "NotFound" });
  await expect(deleteKey(stranger, id)).rejects.toMatchObject({ code: "NotFound" });
  await expect(verifySecret(key)).resolves.toMatchObject({ name: "Production" });
});

test("a repeated idempotency key names the same key without its secret", async () => {
  const member = await createMember();
  const first = await generateKey(member, { name: "CI" }, "once");
  const again = await generateKey(member, { name: "CI" }, "once");
  expect(again).toEqual({ ...first, key: undefined });
  await expect(generateKey(member, { name: "Other" }, "once")).rejects.toMatchObject({
    code: "IdempotencyConflict",
  });
  expect(await listKeys(member.organizationId)).toHaveLength(1);
});

test("an organization has at most a hundred keys, also when they are generated at the same time", async () => {
  const member = await createMember();
  const results = await Promise.allSettled(
    Array.from({ length: 103 }, (_, index) => generateKey(member, { name: `Key number ${index}` }, undefined)),
  );
  expect(results.filter((result) => result.status === "rejected")).toHaveLength(3);
  expect(await listKeys(member.organizationId)).toHaveLength(100);
});

test("the last use is written, never runs backwards or into the future, and does not revive a deleted key", async () => {
  const member = await createMember();
  const [used, deleted] = [await generate(member), await generate(member)];
  noteLastUse(used.id, "192.0.2.7");
  noteLastUse(deleted.id, "192.0.2.7");
  await deleteKey(member, deleted.id);
  await flushLastUses();
  const { last_used_at: at, last_used_address } = await getKey(member.organizationId, used.id);
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
  const member = await createMember();
  const { id } = await generate(member);
  const hold = () => db.prisma.$transaction((tx) => holdKey(tx, id));
  await expect(hold()).resolves.toBeUndefined();
  await updateKey(member, id, { is_active: false });
  await expect(hold()).rejects.toMatchObject({ reason: "disabled" });
  await deleteKey(member, id);
  await expect(hold()).rejects.toMatchObject({ reason: "deleted" });
});

test("many secrets checked at once each get their own answer", async () => {
  const member = await createMember();
  const keys = await Promise.all(Array.from({ length: 20 }, () => generate(member)));
  const found = await Promise.all(keys.map(({ key }) => verifySecret(key)));
  expect(found.map(({ id }) => id)).toEqual(keys.map(({ id }) => id));
});
