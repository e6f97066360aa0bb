import { accountNotFound } from "#lib/accounts/account-not-found";
import type { Prisma, SocialAccount } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/is-uuid";
import { takeTurn } from "#lib/db/turns";

const TAKE_TURN = `SELECT ${takeTurn("id")} FROM social_accounts WHERE id = $1::uuid AND user_id = $2::uuid`;

/**
 * One of the user's accounts as it stands, locked until the transaction ends: whoever writes for it has committed. Throws 404 for unknown, disconnected and
 * foreign accounts alike.
 */
export const lockAccount = async (
  tx: Prisma.TransactionClient,
  userId: string,
  accountId: string | undefined,
): Promise<SocialAccount> => {
  if (!isUuid(accountId)) throw accountNotFound();
  await tx.$executeRawUnsafe(TAKE_TURN, accountId, userId);
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM social_accounts
    WHERE id = ${accountId}::uuid AND user_id = ${userId}::uuid AND disconnected_at IS NULL FOR NO KEY UPDATE`;
  if (locked.length === 0) throw accountNotFound();
  return tx.socialAccount.findUniqueOrThrow({ where: { id: accountId } });
};
