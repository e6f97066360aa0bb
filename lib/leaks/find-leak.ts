import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import type { KeyLeak } from "#lib/leaks/schema";
import { toKeyLeak } from "#lib/leaks/to-key-leak";

/** The leak of one of the user's keys, or null: no such key, or nobody has reported it. */
export const findLeak = async (userId: string, keyId: string | undefined): Promise<KeyLeak | null> => {
  if (!isUuid(keyId)) return null;
  const { prisma } = await database();
  const row = await prisma.keyLeak.findFirst({ where: { keyId, key: { userId, revokedAt: null } } });
  return row && toKeyLeak(row);
};
