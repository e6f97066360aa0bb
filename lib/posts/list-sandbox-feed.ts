import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import { BUILT_IN_NETWORK } from "#lib/networks/registry";
import type { Post } from "#lib/posts/schema";
import { POST_INCLUDE, toPost } from "#lib/posts/to-post";

const FEED_LENGTH = 50;

/** What the user's sandbox account shows, newest first, or null when the user has no such account. */
export const listSandboxFeed = async (userId: string, accountId: string): Promise<Post[] | null> => {
  if (!isUuid(accountId)) return null;
  const { prisma } = await database();
  const account = await prisma.socialAccount.findFirst({ where: { id: accountId, userId, network: BUILT_IN_NETWORK } });
  if (!account) return null;
  const rows = await prisma.post.findMany({
    where: { accountId, userId, status: "published" },
    include: POST_INCLUDE,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: FEED_LENGTH,
  });
  return rows.map((row) => toPost(row));
};
