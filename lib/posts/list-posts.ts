import { database } from "#lib/db/database";
import type { POST_STATUSES, Post } from "#lib/posts/schema";
import { POST_INCLUDE, toPost } from "#lib/posts/to-post";

type Selection = {
  status?: (typeof POST_STATUSES)[number] | undefined;
  network?: string | undefined;
  accountId?: string | undefined;
};

/** The user's posts that match, newest first, and how many there are in all. */
export const listPosts = async (
  userId: string,
  { status, network, accountId }: Selection,
  { skip, take }: { skip: number; take: number },
): Promise<{ count: number; posts: Post[] }> => {
  const { prisma } = await database();
  const where = {
    userId,
    ...(status !== undefined && { status }),
    ...(accountId !== undefined && { accountId }),
    ...(network !== undefined && { account: { network } }),
  };
  const orderBy = [{ createdAt: "desc" as const }, { id: "desc" as const }];
  const [count, rows] = await prisma.$transaction([
    prisma.post.count({ where }),
    prisma.post.findMany({ where, include: POST_INCLUDE, orderBy, skip, take }),
  ]);
  return { count, posts: rows.map(toPost) };
};
