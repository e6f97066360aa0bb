import type { Prisma, SocialAccount } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/is-uuid";
import { ApiError } from "#lib/errors";
import { BUILT_IN_NETWORK } from "#lib/networks/registry";

/** The user's social account by its id, or the built-in sandbox when none is named. Throws 400 `InvalidAccountId`. */
export const getAccount = async (
  tx: Prisma.TransactionClient,
  userId: string,
  accountId: string | undefined,
): Promise<SocialAccount> => {
  const wanted = accountId === undefined ? { network: BUILT_IN_NETWORK } : isUuid(accountId) && { id: accountId };
  const account = wanted && (await tx.socialAccount.findFirst({ where: { ...wanted, userId, disconnectedAt: null } }));
  if (account) return account;
  throw invalidAccountId();
};

/** The one 400 for an account that is disconnected, another user's, or nobody's. */
export const invalidAccountId = (): ApiError => {
  const message = "Account not found or does not belong to this user";
  return new ApiError("InvalidAccountId", message, { fields: { "post.accountId": [message] } });
};
