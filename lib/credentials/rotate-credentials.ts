import { ENCRYPTED_COLUMNS, type EncryptedColumn, listUsedKeyIds, registerKey } from "#lib/credentials/check-keyring";
import { decryptCredential, encryptCredential } from "#lib/credentials/encrypt-credential";
import type { Keyring } from "#lib/credentials/keyring";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";

const ROWS_AT_ONCE = 100;

/**
 * Re-encrypts every value under an older key with the newest one, row by row, so that no other query waits long. Returns how
 * many values it changed and which keys are no longer needed. Throws `KeyringError` before any change.
 */
export const rotateCredentials = async (keyring: Keyring): Promise<{ rotated: number; unusedKeyIds: string[] }> => {
  const { prisma } = await database();
  await prisma.$transaction((tx) => registerKey(tx, keyring, listUsedKeyIds));
  let rotated = 0;
  for (const column of ENCRYPTED_COLUMNS) rotated += await rotateColumn(keyring, column);
  const used = await listUsedKeyIds(prisma);
  const [, ...older] = keyring.map(({ id }) => id);
  return { rotated, unusedKeyIds: older.filter((id) => !used.includes(id)) };
};

// Values that are written under an older key meanwhile are found by the next query.
async function rotateColumn(keyring: Keyring, column: EncryptedColumn): Promise<number> {
  const { prisma } = await database();
  const query = `SELECT ${column.rowId} AS "rowId", ${column.column} AS value FROM ${column.table}
    WHERE split_part(${column.column}, '.', 2) <> $1 LIMIT ${ROWS_AT_ONCE}`;
  for (let rotated = 0; ; ) {
    const rows = await prisma.$queryRawUnsafe<StoredValue[]>(query, keyring[0].id);
    if (rows.length === 0) return rotated;
    for (const row of rows) if (await rotateValue(prisma, keyring, column, row)) rotated++;
  }
}

/** A value as read from its row. */
type StoredValue = { rowId: string; value: string };

/**
 * Encrypts a value with the newest key, unless it has been changed since it was read. Returns whether it did. Throws
 * `CredentialError`.
 */
export const rotateValue = async (
  tx: Prisma.TransactionClient,
  keyring: Keyring,
  { table, column, field, isRow }: EncryptedColumn,
  { rowId, value }: StoredValue,
): Promise<boolean> => {
  const place = { rowId, field };
  const rotated = encryptCredential(keyring, place, decryptCredential(keyring, place, value));
  const update = `UPDATE ${table} SET ${column} = $1 WHERE ${isRow} AND ${column} = $3`;
  return (await tx.$executeRawUnsafe(update, rotated, rowId, value)) > 0;
};
