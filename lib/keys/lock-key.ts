import type { Prisma } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/is-uuid";
import { takeTurn } from "#lib/db/turns";
import { keyNotFound } from "#lib/keys/key-not-found";
import { KEY_INCLUDE } from "#lib/keys/to-api-key";

const TAKE_TURN = `SELECT ${takeTurn("id")} FROM api_keys WHERE id = $1::uuid AND user_id = $2::uuid`;

// A subquery with an order is read in that order, and the turns are taken in it: two who end the same keys meet at the first.
const TAKE_TURNS = `SELECT ${takeTurn("id")} FROM (SELECT unnest($1::uuid[]) AS id ORDER BY id) AS ending`;

/**
 * One of the user's keys as it stands, locked until the transaction ends: whoever writes on its behalf has committed,
 * and nobody else changes it. Throws 404 for unknown, deleted and foreign keys alike.
 */
export const lockKey = async (tx: Prisma.TransactionClient, userId: string, keyId: string | undefined) => {
  if (!isUuid(keyId)) throw keyNotFound();
  await tx.$executeRawUnsafe(TAKE_TURN, keyId, userId);
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM api_keys WHERE id = ${keyId}::uuid AND user_id = ${userId}::uuid AND revoked_at IS NULL FOR NO KEY UPDATE`;
  if (locked.length === 0) throw keyNotFound();
  return tx.apiKey.findUniqueOrThrow({ where: { id: keyId }, include: KEY_INCLUDE });
};

/** Waits as `lockKey` does, for several keys at once. Comes before any other lock at keys; whoever calls it then locks the rows. */
export const takeTurnAtKeys = async (tx: Prisma.TransactionClient, keyIds: string[]): Promise<void> => {
  await tx.$executeRawUnsafe(TAKE_TURNS, keyIds);
};
