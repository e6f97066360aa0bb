import { ENCRYPTED_COLUMNS, type EncryptedColumn } from "#lib/credentials/encrypted-columns";
import { listUsedKeyIds } from "#lib/credentials/list-used-key-ids";
import type { Keyring } from "#lib/credentials/load-keyring";
import { registerKey } from "#lib/credentials/register-key";
import { rotateValue, type StoredValue } from "#lib/credentials/rotate-value";
import { database } from "#lib/db/database";

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
