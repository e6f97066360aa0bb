import { ENCRYPTED_COLUMNS, type EncryptedColumn, listUsedKeyIds, registerKey } from "#lib/credentials/check-keyring";
import { decryptCredential, encryptCredential } from "#lib/credentials/encrypt-credential";
import type { Keyring } from "#lib/credentials/keyring";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";

const ROWS_AT_ONCE = 100;

/**
 * Encrypts with the newest key whatever is stored under an older one, row by row, so that nobody waits for it. Tells how
 * much that was, and which keys nothing stored needs any more. Throws `KeyringError` before it changes anything.
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

// What is written under an older key meanwhile is found by the next look.
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

/** A value as it was read from its row. */
type StoredValue = { rowId: string; value: string };

/**
 * Encrypts a value with the newest key, unless it is another one by now: then whoever wrote that knows better. Returns
 * whether it did. Throws `CredentialError`.
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
