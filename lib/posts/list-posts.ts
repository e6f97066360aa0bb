import { database } from "#lib/db/database";
import type { Post } from "#lib/posts/schema";
import { POST_INCLUDE, toPost } from "#lib/posts/to-post";
import { type PostSelection, toPostWhere } from "#lib/posts/to-post-where";

/** The user's posts that match, newest first, and how many there are in all. */
export const listPosts = async (
  userId: string,
  selection: PostSelection,
  { skip, take }: { skip: number; take: number },
): Promise<{ count: number; posts: Post[] }> => {
  const { prisma } = await database();
  const where = await toPostWhere(userId, selection);
  const orderBy = [{ createdAt: "desc" as const }, { id: "desc" as const }];
  const [count, rows] = await prisma.$transaction([
    prisma.post.count({ where }),
    prisma.post.findMany({ where, include: POST_INCLUDE, orderBy, skip, take }),
  ]);
  return { count, posts: rows.map((row) => toPost(row)) };
};
