import { invalidAccountId } from "#lib/accounts/get-account";
import type { Prisma } from "#lib/db/generated/client";
import { shareTurn } from "#lib/db/turns";

const HOLD_ACCOUNT = `
  WITH turn AS MATERIALIZED (SELECT ${shareTurn("$1::uuid")})
  SELECT 1 FROM turn, social_accounts WHERE id = $1::uuid AND disconnected_at IS NULL FOR SHARE OF social_accounts`;

/** Holds an account connected until the transaction ends. Throws 400 when it was disconnected meanwhile. */
export const holdAccount = async (tx: Prisma.TransactionClient, accountId: string): Promise<void> => {
  const held = await tx.$queryRawUnsafe<unknown[]>(HOLD_ACCOUNT, accountId);
  if (held.length === 0) throw invalidAccountId();
};
