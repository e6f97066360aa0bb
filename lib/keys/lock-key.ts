import type { Prisma } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/is-uuid";
import { keyNotFound } from "#lib/keys/key-not-found";
import { KEY_INCLUDE } from "#lib/keys/to-api-key";

/**
 * One of the user's keys as it stands, locked until the transaction ends: whoever writes on its behalf has committed,
 * and nobody else changes it. Throws 404 for unknown, deleted and foreign keys alike.
 */
export const lockKey = async (tx: Prisma.TransactionClient, userId: string, keyId: string | undefined) => {
  if (!isUuid(keyId)) throw keyNotFound();
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM api_keys WHERE id = ${keyId}::uuid AND user_id = ${userId}::uuid AND revoked_at IS NULL FOR NO KEY UPDATE`;
  if (locked.length === 0) throw keyNotFound();
  return tx.apiKey.findUniqueOrThrow({ where: { id: keyId }, include: KEY_INCLUDE });
};
