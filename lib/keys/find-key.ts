import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import type { ApiKeyDetail } from "#lib/keys/schema";
import { KEY_INCLUDE, toApiKey } from "#lib/keys/to-api-key";
import { WAITING_STATUSES } from "#lib/posts/schema";

/** One of the user's keys and how many of its posts still wait; null for unknown, deleted and foreign keys alike. */
export const findKey = async (userId: string, keyId: string | undefined): Promise<ApiKeyDetail | null> => {
  if (!isUuid(keyId)) return null;
  const { prisma } = await database();
  const row = await prisma.apiKey.findFirst({
    where: { id: keyId, userId, revokedAt: null },
    include: { ...KEY_INCLUDE, _count: { select: { posts: { where: { status: { in: WAITING_STATUSES } } } } } },
  });
  return row && { ...toApiKey(row), waiting_posts: row._count.posts };
};
