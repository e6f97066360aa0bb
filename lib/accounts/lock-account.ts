import { accountNotFound } from "#lib/accounts/account-not-found";
import type { Prisma, SocialAccount } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/is-uuid";

/**
 * One of the user's accounts as it stands, locked until the transaction ends. Throws 404 for unknown, disconnected and
 * foreign accounts alike.
 */
export const lockAccount = async (
  tx: Prisma.TransactionClient,
  userId: string,
  accountId: string | undefined,
): Promise<SocialAccount> => {
  if (!isUuid(accountId)) throw accountNotFound();
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM social_accounts
    WHERE id = ${accountId}::uuid AND user_id = ${userId}::uuid AND disconnected_at IS NULL FOR NO KEY UPDATE`;
  if (locked.length === 0) throw accountNotFound();
  return tx.socialAccount.findUniqueOrThrow({ where: { id: accountId } });
};
