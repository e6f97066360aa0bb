import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import { keyNotFound } from "#lib/keys/key-not-found";
import type { ApiKeyDetail } from "#lib/keys/schema";
import { KEY_INCLUDE, toApiKey } from "#lib/keys/to-api-key";

const WAITING = ["scheduled", "queued"];

/** One of the user's keys and how many of its posts still wait. Unknown, deleted and foreign are the same 404. */
export const getKey = async (userId: string, keyId: string | undefined): Promise<ApiKeyDetail> => {
  if (!isUuid(keyId)) throw keyNotFound();
  const { prisma } = await database();
  const row = await prisma.apiKey.findFirst({
    where: { id: keyId, userId, revokedAt: null },
    include: { ...KEY_INCLUDE, _count: { select: { posts: { where: { status: { in: WAITING } } } } } },
  });
  if (!row) throw keyNotFound();
  return { ...toApiKey(row), waiting_posts: row._count.posts };
};
