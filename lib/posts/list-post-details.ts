import { database } from "#lib/db/database";
import type { Locale } from "#lib/i18n/schema";
import type { PostDetail } from "#lib/posts/schema";
import { POST_DETAIL_INCLUDE, toPostDetail } from "#lib/posts/to-post-detail";
import { type PostSelection, toPostWhere } from "#lib/posts/to-post-where";

/** The user's posts that match with all that was tried, newest first, and how many there are in all. */
export const listPostDetails = async (
  userId: string,
  selection: PostSelection,
  { skip, take, locale }: { skip: number; take: number; locale?: Locale | undefined },
): Promise<{ count: number; posts: PostDetail[] }> => {
  const { prisma } = await database();
  const where = await toPostWhere(userId, selection);
  const orderBy = [{ createdAt: "desc" as const }, { id: "desc" as const }];
  const [count, rows] = await prisma.$transaction([
    prisma.post.count({ where }),
    prisma.post.findMany({ where, include: POST_DETAIL_INCLUDE, orderBy, skip, take }),
  ]);
  return { count, posts: rows.map((row) => toPostDetail(row, locale)) };
};
