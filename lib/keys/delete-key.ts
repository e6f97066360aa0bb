import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import { keyNotFound } from "#lib/keys/key-not-found";

/**
 * Deletes one of the user's keys for good. When this returns the deletion is committed: no request that starts later
 * is accepted, and none under way commits a write. The row stays, so that its last holder can be told.
 */
export const deleteKey = async (userId: string, keyId: string | undefined): Promise<void> => {
  if (!isUuid(keyId)) throw keyNotFound();
  const { prisma } = await database();
  const { count } = await prisma.apiKey.updateMany({
    where: { id: keyId, userId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  if (count === 0) throw keyNotFound();
};
