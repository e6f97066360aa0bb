import { invalidAccountId } from "#lib/accounts/get-account";
import type { Prisma } from "#lib/db/generated/client";

/** Holds an account connected until the transaction ends. Throws 400 when it was disconnected meanwhile. */
export const holdAccount = async (tx: Prisma.TransactionClient, accountId: string): Promise<void> => {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM social_accounts WHERE id = ${accountId}::uuid AND disconnected_at IS NULL FOR SHARE`;
  if (held.length === 0) throw invalidAccountId();
};
