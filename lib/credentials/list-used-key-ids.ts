import { ENCRYPTED_COLUMNS } from "#lib/credentials/encrypted-columns";
import type { Prisma } from "#lib/db/generated/client";

const QUERY = ENCRYPTED_COLUMNS.map(
  ({ table, column }) => `SELECT split_part(${column}, '.', 2) AS id FROM ${table} WHERE ${column} IS NOT NULL`,
).join(" UNION ");

/** The ids of all keys that something stored is encrypted with. */
export const listUsedKeyIds = async (tx: Prisma.TransactionClient): Promise<string[]> => {
  const rows = await tx.$queryRawUnsafe<{ id: string }[]>(QUERY);
  return rows.map(({ id }) => id);
};
