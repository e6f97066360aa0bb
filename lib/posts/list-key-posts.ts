import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import type { Post } from "#lib/posts/schema";
import { POST_INCLUDE, toPost } from "#lib/posts/to-post";

/** The user's posts that one key made from a moment on: how many there are, and the newest of them. */
export const listKeyPosts = async (
  userId: string,
  keyId: string,
  since: Date,
  take: number,
): Promise<{ count: number; newest: Post[] }> => {
  if (!isUuid(keyId)) return { count: 0, newest: [] };
  const { prisma } = await database();
  const where = { userId, keyId, createdAt: { gte: since } };
  const orderBy = [{ createdAt: "desc" as const }, { id: "desc" as const }];
  const [count, rows] = await prisma.$transaction([
    prisma.post.count({ where }),
    prisma.post.findMany({ where, include: POST_INCLUDE, orderBy, take }),
  ]);
  return { count, newest: rows.map((row) => toPost(row)) };
};
