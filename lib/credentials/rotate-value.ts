import { decryptCredential } from "#lib/credentials/decrypt-credential";
import { encryptCredential } from "#lib/credentials/encrypt-credential";
import type { EncryptedColumn } from "#lib/credentials/encrypted-columns";
import type { Keyring } from "#lib/credentials/load-keyring";
import type { Prisma } from "#lib/db/generated/client";

/** A value as it was read from its row. */
export type StoredValue = { rowId: string; value: string };

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
