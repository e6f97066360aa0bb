import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { checkKeyring, registerKey } from "#lib/credentials/check-keyring";
import { type Keyring, KeyringError } from "#lib/credentials/keyring";
import { makeTestKey } from "#lib/credentials/testing/test-keyring";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";

const [older, newer] = [makeTestKey("older"), makeTestKey("newer")];
let db: Database;

beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);
beforeEach(() => db.prisma.credentialKey.deleteMany());

const register = (keyring: Keyring, usedKeyIds: string[] = []) =>
  db.prisma.$transaction((tx) => registerKey(tx, keyring, async () => usedKeyIds));
const check = (keyring: Keyring, usedKeyIds: string[]) => checkKeyring(db.prisma, keyring, usedKeyIds);
const listIds = async () => (await db.prisma.credentialKey.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id);

test("nothing is demanded of keys before one was used", async () => {
  await check([older], []);
});

test("a key is registered once, and is right from then on", async () => {
  await register([older]);
  const [registered] = await db.prisma.credentialKey.findMany();
  await register([older], ["older"]);
  expect(await db.prisma.credentialKey.findMany()).toEqual([registered]);
  await check([older], ["older"]);
  expect(JSON.stringify(registered)).not.toContain(older.key.export().toString("base64url"));
});

test("a rotation registers the new key beside the old, and either may be the older one", async () => {
  await register([older]);
  await register([newer, older], ["older"]);
  expect(await listIds()).toEqual(["newer", "older"]);
  await check([newer, older], ["older", "newer"]);
  await check([older, newer], ["older", "newer"]);
});

test("a key that is still used and missing stops the start with its name and an example", async () => {
  await register([older]);
  const checking = check([newer], ["older"]);
  await expect(checking).rejects.toThrow(KeyringError);
  await expect(checking).rejects.toThrow(
    /^CREDENTIAL_KEYS.+older, which is missing.+for example CREDENTIAL_KEYS=older:/,
  );
});

test("a key that nothing uses any more need not be kept", async () => {
  await register([older]);
  await check([newer], []);
});

test("another key under a name that was used stops the start, used still or not", async () => {
  await register([older]);
  const impostor = makeTestKey("older");
  const wrong = /^CREDENTIAL_KEYS.+older differs from the key.+for example CREDENTIAL_KEYS=older:/;
  for (const keyring of [[impostor], [newer, impostor]] as Keyring[]) {
    await expect(check(keyring, ["older"])).rejects.toThrow(wrong);
    await expect(check(keyring, [])).rejects.toThrow(wrong);
  }
});

test("an instance with other keys registers none while the first one's are in use", async () => {
  await register([older]);
  await expect(register([newer], ["older"])).rejects.toThrow(KeyringError);
  await expect(register([makeTestKey("older")], ["older"])).rejects.toThrow(KeyringError);
  expect(await listIds()).toEqual(["older"]);
});
