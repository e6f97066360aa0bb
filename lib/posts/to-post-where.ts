import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import type { POST_STATUSES } from "#lib/posts/schema";

/** Which of a user's posts are meant. */
export type PostSelection = {
  id?: string | undefined;
  status?: (typeof POST_STATUSES)[number] | undefined;
  network?: string | undefined;
  accountId?: string | undefined;
};

/** A selection as a condition of one user's rows. */
export const toPostWhere = async (
  userId: string,
  { id, status, network, accountId }: PostSelection,
): Promise<Prisma.PostWhereInput> => ({
  userId,
  ...(id !== undefined && { id }),
  ...(status !== undefined && { status }),
  AND: [
    accountId === undefined ? {} : { accountId },
    network === undefined ? {} : { accountId: { in: await listAccountIds(userId, network) } },
  ],
});

// Joined to the posts, the whole table of accounts would be read.
async function listAccountIds(userId: string, network: string): Promise<string[]> {
  const { prisma } = await database();
  const accounts = await prisma.socialAccount.findMany({ where: { userId, network }, select: { id: true } });
  return accounts.map(({ id }) => id);
}
