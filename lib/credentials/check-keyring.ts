import { decryptCredential, encryptCredential } from "#lib/credentials/encrypt-credential";
import { type CredentialKey, type Keyring, KeyringError, keyring } from "#lib/credentials/keyring";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";

/**
 * Every column that holds output of `encryptCredential`. `rowId` and `isRow` are SQL: the row id that the value was
 * encrypted for (`Place`), and the condition that finds that row by `$2`.
 */
export const ENCRYPTED_COLUMNS = [
  { table: "social_accounts", column: "credential", field: "credential", rowId: "id::text", isRow: "id = $2::uuid" },
  {
    table: "pending_connections",
    column: "credential",
    field: "credential",
    rowId: "encode(state_hash, 'hex')",
    isRow: "state_hash = decode($2, 'hex')",
  },
  { table: "webhook_endpoints", column: "secret", field: "secret", rowId: "id::text", isRow: "id = $2::uuid" },
] as const;
export type EncryptedColumn = (typeof ENCRYPTED_COLUMNS)[number];

const CHECK_TEXT = "the right key reads this";

/**
 * Throws `KeyringError` if the keyring lacks a key that stored credentials need, or if a key differs from the one that was
 * used here under the same id.
 */
export const checkKeyring = async (
  tx: Prisma.TransactionClient,
  keyring: Keyring,
  usedKeyIds: readonly string[],
): Promise<void> => {
  const missing = usedKeyIds.find((used) => !keyring.some(({ id }) => id === used));
  if (missing !== undefined) {
    throw new KeyringError(
      `CREDENTIAL_KEYS: stored credentials were encrypted with the key ${missing}, which is missing. Restore credential-keys.json in DATA_DIR from a backup, or set the same keys as on the other instances, for example CREDENTIAL_KEYS=${missing}:<32 bytes in base64>.`,
    );
  }
  const known = await tx.credentialKey.findMany({ where: { id: { in: keyring.map(({ id }) => id) } } });
  for (const { id, checkValue } of known) requireRightKey(keyring, id, checkValue);
};

/** A stored value that later proves that a key is still the same. */
const toCheckValue = (key: CredentialKey): string => encryptCredential([key], toPlace(key.id), CHECK_TEXT);

function requireRightKey(keyring: Keyring, id: string, checkValue: string): void {
  try {
    decryptCredential(keyring, toPlace(id), checkValue);
  } catch (cause) {
    throw new KeyringError(
      `CREDENTIAL_KEYS: the key ${id} differs from the key with this id that encrypted the stored credentials. Restore credential-keys.json in DATA_DIR from a backup, or set the same key as on the other instances, for example CREDENTIAL_KEYS=${id}:<32 bytes in base64>.`,
      { cause },
    );
  }
}

function toPlace(id: string) {
  return { rowId: id, field: "check_value" };
}

/** Throws `KeyringError` unless this process can decrypt everything that is stored. */
export const checkStoredKeys = async (): Promise<void> => {
  const { prisma } = await database();
  await checkKeyring(prisma, keyring(), await listUsedKeyIds(prisma));
};

// The id of an advisory lock. Nothing else in the database uses it.
const REGISTRATION_LOCK = 4_717_402;

/**
 * Registers the newest key before its first use, in the transaction that stores what it encrypts. Throws `KeyringError` when
 * another instance registered other keys first, so that no instance stores what another cannot read.
 */
export const registerKey = async (
  tx: Prisma.TransactionClient,
  keyring: Keyring,
  listUsedKeyIds: (tx: Prisma.TransactionClient) => Promise<string[]>,
): Promise<void> => {
  const [newest] = keyring;
  const registered = await tx.credentialKey.findUnique({ where: { id: newest.id } });
  if (registered) return checkKeyring(tx, [newest], []);
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${REGISTRATION_LOCK}::bigint)`;
  await tx.credentialKey.createMany({
    data: { id: newest.id, checkValue: toCheckValue(newest) },
    skipDuplicates: true,
  });
  await checkKeyring(tx, keyring, await listUsedKeyIds(tx));
};

const QUERY = ENCRYPTED_COLUMNS.map(
  ({ table, column }) => `SELECT split_part(${column}, '.', 2) AS id FROM ${table} WHERE ${column} IS NOT NULL`,
).join(" UNION ");

/** The ids of all keys that stored values are encrypted with. */
export const listUsedKeyIds = async (tx: Prisma.TransactionClient): Promise<string[]> => {
  const rows = await tx.$queryRawUnsafe<{ id: string }[]>(QUERY);
  return rows.map(({ id }) => id);
};
