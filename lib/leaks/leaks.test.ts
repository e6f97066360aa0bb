import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MemberActor } from "#lib/audit/schema";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { createSecret, hashSecret, previewSecret } from "#lib/keys/create-secret";
import { verifySecret } from "#lib/keys/verify-secret";
import { acknowledgeLeak, findLeak, listOpenLeaks } from "#lib/leaks/list-open-leaks";
import { reportLeakedKeys, reportOwnKey } from "#lib/leaks/report-leaked-keys";
import { createMember } from "#lib/organizations/testing/test-member";

let db: Database;

beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);

/** Keys as they are stored, with their secrets. */
const createKeys = async (
  count: number,
  { owner, ...more }: { owner?: MemberActor; revokedAt?: Date; disabledAt?: Date } = {},
) => {
  const member = owner ?? (await createMember());
  const { organizationId } = member;
  const keys = Array.from({ length: count }, () => ({ id: randomUUID(), member, secret: createSecret() }));
  await db.prisma.apiKey.createMany({
    data: keys.map(({ id, secret }) => ({
      ...more,
      id,
      organizationId,
      name: "Production",
      hash: hashSecret(secret),
      preview: previewSecret(secret),
    })),
  });
  return keys;
};

const createKey = async (more: Parameters<typeof createKeys>[1] = {}) => {
  const [key] = await createKeys(1, more);
  if (!key) throw new Error("no key was made");
  return key;
};

const STRANGER = { kind: "report", organizationId: null, address: "192.0.2.7", userAgent: null } as const;
const GITHUB = { ...STRANGER, kind: "github" } as const;

const readKey = (id: string) => db.prisma.apiKey.findUniqueOrThrow({ where: { id }, include: { leak: true } });

test("a reported key is refused from then on, and says who reported it and where it was found", async () => {
  const { id, secret } = await createKey();
  const url = "https://github.com/octocat/Hello-World/blob/main/.env";
  expect(await reportLeakedKeys([{ text: secret, url }], GITHUB)).toEqual([true]);
  await expect(verifySecret(secret)).rejects.toMatchObject({ reason: "disabled" });
  expect(await readKey(id)).toMatchObject({ leak: { source: "github", url, acknowledgedAt: null } });
});

test("the first report stays, however often and by whomever it is repeated", async () => {
  const { id, member, secret } = await createKey();
  await reportLeakedKeys([{ text: secret, url: "https://first.example" }], STRANGER);
  const first = await readKey(id);
  expect(await reportLeakedKeys([{ text: secret, url: "https://second.example" }], GITHUB)).toEqual([true]);
  await reportOwnKey(member, id);
  expect(await readKey(id)).toEqual(first);
});

test("a key that was disabled before keeps its moment", async () => {
  const disabledAt = new Date("2025-01-15T10:30:00Z");
  const { id, secret } = await createKey({ disabledAt });
  await reportLeakedKeys([{ text: secret }], STRANGER);
  expect(await readKey(id)).toMatchObject({ disabledAt, leak: { source: "report", url: null } });
});

test("a deleted key is known and stays as it is", async () => {
  const { id, member, secret } = await createKey({ revokedAt: new Date() });
  const before = await readKey(id);
  expect(await reportLeakedKeys([{ text: secret }], GITHUB)).toEqual([true]);
  await expect(reportOwnKey(member, id)).rejects.toMatchObject({ code: "NotFound" });
  expect(await readKey(id)).toEqual(before);
});

test("the same key twice in one report is one key, found where it was first said to be", async () => {
  const { id, secret } = await createKey();
  const found = [
    { text: secret },
    { text: secret, url: "https://a.example" },
    { text: secret, url: "https://b.example" },
  ];
  expect(await reportLeakedKeys(found, GITHUB)).toEqual([true, true, true]);
  expect((await readKey(id)).leak?.url).toBe("https://a.example");
});

test("where a key was found is kept without any key, in one line", async () => {
  const { id, secret } = await createKey();
  await reportLeakedKeys([{ text: secret, url: `https://example.com/\u0000\n\ud800?q=${secret}` }], STRANGER);
  const { leak } = await readKey(id);
  expect(leak?.url).toBe("https://example.com/\ufffd?q=boring_[removed]");
});

test("of ten thousand tokens each is answered, and ours among them are disabled", async () => {
  const keys = await createKeys(5000);
  const found = keys.flatMap(({ secret }) => [{ text: secret, url: "https://example.com/" }, { text: createSecret() }]);
  const answers = await reportLeakedKeys(found, GITHUB);
  expect(answers).toEqual(found.map((_, index) => index % 2 === 0));
  const where = {
    organizationId: keys[0]?.member.organizationId ?? "",
    disabledAt: { not: null },
    leak: { source: "github" },
  };
  expect(await db.prisma.apiKey.count({ where })).toBe(5000);
});

test("nothing but a whole key of ours is one", async () => {
  const { id, secret } = await createKey();
  const almost = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .string({ unit: fc.constantFrom(..."0123456789ABCDEFabcdef"), minLength: 36, maxLength: 36 })
      .map((text) => `boring_${text}`),
    fc.constant(undefined).map(() => createSecret()),
    fc.nat(secret.length - 1).map((end) => secret.slice(0, end)),
    fc
      .tuple(fc.nat(secret.length - 1), fc.constantFrom(..."aZ9_"))
      .map(
        ([at, character]) => secret.slice(0, at) + (secret[at] === character ? "-" : character) + secret.slice(at + 1),
      ),
    fc.constantFrom(secret.toUpperCase(), secret.toLowerCase(), [...secret].reverse().join("")),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(almost, { maxLength: 20 }), async (texts) => {
      const answers = await reportLeakedKeys(
        texts.map((text) => ({ text })),
        GITHUB,
      );
      expect(answers).toEqual(texts.map(() => false));
    }),
    { numRuns: 200 },
  );
  expect(await readKey(id)).toMatchObject({ disabledAt: null, leak: null });
  expect(await reportLeakedKeys([{ text: "" }, { text: secret }], GITHUB)).toEqual([false, true]);
});

test("a key is disabled whatever it was reported with, and several in one text are", async () => {
  const keys = await createKeys(5);
  const [first, second, third, fourth, fifth] = keys.map(({ secret }) => secret);
  const found = [
    `${first}\n`,
    `BORING_API_KEY="${second}"`,
    `\u202a${third},${fourth}`,
    `boring_\u200b${fifth?.slice(7)}`,
  ];
  const answers = await reportLeakedKeys([...found.map((text) => ({ text })), { text: "boring_" }], STRANGER);
  expect(answers).toEqual([true, true, true, true, false]);
  for (const { id } of keys) expect((await readKey(id)).disabledAt).not.toBeNull();
});

test("an owner's report disables their key, and nobody else's", async () => {
  const { id, member, secret } = await createKey();
  const stranger = await createMember();
  for (const target of [id, randomUUID(), "1", undefined]) {
    await expect(reportOwnKey(stranger, target)).rejects.toMatchObject({ code: "NotFound" });
  }
  await expect(verifySecret(secret)).resolves.toMatchObject({ id });
  expect(await reportOwnKey(member, id)).toMatchObject({ key_id: id, source: "owner", url: null });
  await expect(verifySecret(secret)).rejects.toMatchObject({ reason: "disabled" });
});

test("a leak is open for its owner until they have been through it, or deleted the key", async () => {
  const member = await createMember();
  const [first, second] = [await createKey({ owner: member }), await createKey({ owner: member })];
  expect(await listOpenLeaks(member.organizationId)).toEqual([]);
  await reportLeakedKeys([{ text: first.secret }, { text: second.secret }], STRANGER);
  expect((await listOpenLeaks(member.organizationId)).map(({ key_name }) => key_name)).toEqual([
    "Production",
    "Production",
  ]);
  const stranger = await createMember();
  await expect(acknowledgeLeak(stranger, first.id)).rejects.toMatchObject({ code: "NotFound" });
  expect(await findLeak(stranger.organizationId, first.id)).toBeNull();
  const { acknowledged_at } = await acknowledgeLeak(member, first.id);
  expect(acknowledged_at).not.toBeNull();
  expect(await acknowledgeLeak(member, first.id)).toMatchObject({ acknowledged_at });
  await db.prisma.apiKey.update({ where: { id: second.id }, data: { revokedAt: new Date() } });
  expect(await listOpenLeaks(member.organizationId)).toEqual([]);
});

test("every leak is in its owner's log once, with who reported it", async () => {
  const { id, member, secret } = await createKey();
  await reportLeakedKeys([{ text: secret }], GITHUB);
  await reportLeakedKeys([{ text: secret }], STRANGER);
  await reportOwnKey(member, id);
  const events = await db.prisma.auditEvent.findMany({ where: { keyId: id } });
  expect(events).toMatchObject([
    { action: "key.leaked", actor: "github", ownerId: member.organizationId, address: "192.0.2.7" },
  ]);
});
