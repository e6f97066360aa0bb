import type { Prisma } from "#lib/db/generated/client";
import type { POST_STATUSES } from "#lib/posts/schema";

/** Which of a user's posts are meant. */
export type PostSelection = {
  status?: (typeof POST_STATUSES)[number] | undefined;
  network?: string | undefined;
  accountId?: string | undefined;
};

/** A selection as a condition of one user's rows. */
export const toPostWhere = (userId: string, { status, network, accountId }: PostSelection): Prisma.PostWhereInput => ({
  userId,
  ...(status !== undefined && { status }),
  ...(accountId !== undefined && { accountId }),
  ...(network !== undefined && { account: { network } }),
});
