import { accountNotFound } from "#lib/accounts/account-not-found";
import type { AccountDetail } from "#lib/accounts/schema";
import { toAccount } from "#lib/accounts/to-account";
import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import { WAITING_STATUSES } from "#lib/posts/schema";

/** One of the user's accounts, and how many posts still wait for it. Throws 404 when there is none. */
export const getOwnAccount = async (userId: string, accountId: string | undefined): Promise<AccountDetail> => {
  if (!isUuid(accountId)) throw accountNotFound();
  const { prisma } = await database();
  const [row, waiting] = await prisma.$transaction([
    prisma.socialAccount.findFirst({ where: { id: accountId, userId, disconnectedAt: null } }),
    prisma.post.count({ where: { accountId, userId, status: { in: WAITING_STATUSES } } }),
  ]);
  if (!row) throw accountNotFound();
  return { ...toAccount(row), waiting_posts: waiting };
};
