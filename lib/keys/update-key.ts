import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import { keyNotFound } from "#lib/keys/key-not-found";
import type { ApiKey } from "#lib/keys/schema";
import { toApiKey } from "#lib/keys/to-api-key";

type Changes = { name?: string | undefined; is_active?: boolean | undefined };

/**
 * Renames, disables or enables one of the user's keys, all at once. When this returns the change is committed:
 * no request that starts later is accepted by a disabled key, and none under way commits a write for it.
 */
export const updateKey = async (userId: string, keyId: string | undefined, changes: Changes): Promise<ApiKey> => {
  if (!isUuid(keyId)) throw keyNotFound();
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { id: keyId, userId, revokedAt: null },
      data: {
        ...(changes.name !== undefined && { name: changes.name }),
        ...(changes.is_active !== undefined && { disabledAt: changes.is_active ? null : new Date() }),
      },
    });
    if (count === 0) throw keyNotFound();
    return toApiKey(await tx.apiKey.findUniqueOrThrow({ where: { id: keyId }, include: { lastUse: true } }));
  });
};
