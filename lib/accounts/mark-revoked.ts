import { isDeepStrictEqual } from "node:util";
import { openAccount } from "#lib/accounts/open-account";
import { toAccount } from "#lib/accounts/to-account";
import { currentMoment } from "#lib/clock";
import type { Prisma } from "#lib/db/generated/client";
import type { ConnectedAccount } from "#lib/networks/connector";
import { announce } from "#lib/webhooks/announce";

/**
 * Notes that the network does not know an account's credential any more, and tells whoever subscribed to that. Does nothing when that was known already, or
 * when the account has another credential by now, or none.
 */
export const markRevoked = async (
  tx: Prisma.TransactionClient,
  { accountId, credential }: Pick<ConnectedAccount, "accountId" | "credential">,
): Promise<void> => {
  await tx.$queryRaw`SELECT 1 FROM social_accounts WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`;
  const row = await tx.socialAccount.findUniqueOrThrow({ where: { id: accountId } });
  if (row.disconnectedAt || row.revokedAt || !isDeepStrictEqual(openAccount(row).credential, credential)) return;
  const now = currentMoment();
  const data = { revokedAt: now, updatedAt: now, refreshingUntil: null };
  const revoked = await tx.socialAccount.update({ where: { id: accountId }, data });
  await announce(tx, row.userId, "account.revoked", async () => toAccount(revoked));
};
