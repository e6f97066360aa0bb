import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ENCRYPTED_COLUMNS, listUsedKeyIds, registerKey } from "#lib/credentials/check-keyring";
import { decryptCredential, encryptCredential } from "#lib/credentials/encrypt-credential";
import type { Keyring } from "#lib/credentials/keyring";
import { rotateCredentials, rotateValue } from "#lib/credentials/rotate-credentials";
import { makeTestKey } from "#lib/credentials/testing/test-keyring";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { createMember } from "#lib/organizations/testing/test-member";

const [older, newer] = [makeTestKey("older"), makeTestKey("newer")];
let db: Database;

beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  await db.prisma.organization.deleteMany();
  await db.prisma.credentialKey.deleteMany();
});

/** An organization with something encrypted in every place that there is, and the text of each. */
const store = async (keyring: Keyring) => {
  await db.prisma.$transaction((tx) => registerKey(tx, keyring, listUsedKeyIds));
  const { organizationId, userId } = await createMember();
  const [accountId, endpointId, stateHash] = [randomUUID(), randomUUID(), Buffer.alloc(32, randomUUID())];
  const encrypt = (rowId: string, field: string) => encryptCredential(keyring, { rowId, field }, `of ${rowId}`);
  const names = { networkUserId: randomUUID(), username: "ada", displayName: "Ada" };
  await db.prisma.socialAccount.createMany({
    data: [
      { id: accountId, organizationId, network: "one", ...names, credential: encrypt(accountId, "credential") },
      { organizationId, network: "two", ...names },
    ],
  });
  await db.prisma.pendingConnection.create({
    data: {
      ...{ stateHash, userId, organizationId, network: "one", serverUrl: "https://example.com", expiresAt: new Date() },
      credential: encrypt(stateHash.toString("hex"), "credential"),
    },
  });
  await db.prisma.webhookEndpoint.create({
    data: {
      id: endpointId,
      organizationId,
      url: "https://example.com",
      secret: encrypt(endpointId, "secret"),
      events: [],
    },
  });
  return { accountId, endpointId, stateHash };
};

const readAll = async ({ accountId, endpointId, stateHash }: Awaited<ReturnType<typeof store>>, keyring: Keyring) => {
  const account = await db.prisma.socialAccount.findUniqueOrThrow({ where: { id: accountId } });
  const pending = await db.prisma.pendingConnection.findUniqueOrThrow({ where: { stateHash } });
  const endpoint = await db.prisma.webhookEndpoint.findUniqueOrThrow({ where: { id: endpointId } });
  const read = (rowId: string, field: string, stored: string | null) =>
    expect(decryptCredential(keyring, { rowId, field }, stored ?? "")).toBe(`of ${rowId}`);
  read(accountId, "credential", account.credential);
  read(stateHash.toString("hex"), "credential", pending.credential);
  read(endpointId, "secret", endpoint.secret);
};

test("everything is read with the newest key alone afterwards, and the older one is named as not needed", async () => {
  const rows = [await store([older]), await store([older]), await store([newer, older])];
  expect(await rotateCredentials([newer, older])).toEqual({ rotated: 6, unusedKeyIds: ["older"] });
  for (const row of rows) await readAll(row, [newer]);
  expect(await listUsedKeyIds(db.prisma)).toEqual(["newer"]);
  expect(await rotateCredentials([newer, older])).toEqual({ rotated: 0, unusedKeyIds: ["older"] });
  expect(await rotateCredentials([newer])).toEqual({ rotated: 0, unusedKeyIds: [] });
});

test("more than fits into one look is rotated as well", async () => {
  const { endpointId } = await store([older]);
  const { organizationId } = await db.prisma.webhookEndpoint.findUniqueOrThrow({ where: { id: endpointId } });
  const ids = Array.from({ length: 250 }, () => randomUUID());
  const secret = (id: string) => encryptCredential([older], { rowId: id, field: "secret" }, "a secret");
  await db.prisma.webhookEndpoint.createMany({
    data: ids.map((id) => ({ id, organizationId, url: "https://example.com", secret: secret(id), events: [] })),
  });
  expect(await rotateCredentials([newer, older])).toMatchObject({ rotated: 253 });
});

test("what was written while a value was being rotated stays", async () => {
  const { accountId } = await store([older]);
  const column = ENCRYPTED_COLUMNS[0];
  const { credential } = await db.prisma.socialAccount.findUniqueOrThrow({ where: { id: accountId } });
  const refreshed = encryptCredential([older], { rowId: accountId, field: "credential" }, "refreshed");
  await db.prisma.socialAccount.update({ where: { id: accountId }, data: { credential: refreshed } });
  const read = { rowId: accountId, value: credential ?? "" };
  expect(await rotateValue(db.prisma, [newer, older], column, read)).toBe(false);
  expect(await db.prisma.socialAccount.findUniqueOrThrow({ where: { id: accountId } })).toMatchObject({
    credential: refreshed,
  });
});

test("without a key that is still needed nothing is changed", async () => {
  const row = await store([older]);
  await expect(rotateCredentials([newer])).rejects.toMatchObject({ name: "KeyringError" });
  await readAll(row, [older]);
});

test("every column that the schema calls encrypted is one of those that are rotated", () => {
  const models = readFileSync("prisma/schema.prisma", "utf8").matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm);
  const encrypted = [...models].flatMap(([, body = ""]) => {
    const [, table] = /@@map\("(\w+)"\)/.exec(body) ?? [];
    const fields = body.matchAll(/\/\/\/[^\n]*[Ee]ncrypted[^\n]*\n\s+(\w+)/g);
    return [...fields].map(([, column]) => ({ table, column }));
  });
  // The known text of a key is what tells keys apart, and goes with its own.
  const rotated = encrypted.filter(({ table }) => table !== "credential_keys");
  expect(rotated).toEqual(ENCRYPTED_COLUMNS.map(({ table, column }) => ({ table, column })));
});
