import type { Prisma } from "#lib/db/generated/client";
import { shareTurn } from "#lib/db/turns";
import { KeyRefusedError } from "#lib/keys/key-refused-error";

type Held = { isDisabled: boolean; isDeleted: boolean; isExpired: boolean };

// FOR SHARE reads the row as it is after the turn, where a plain read in the same statement sees it as it was before.
const HOLD_KEY = `
  WITH turn AS MATERIALIZED (SELECT ${shareTurn("$1::uuid")})
  SELECT disabled_at IS NOT NULL AS "isDisabled", revoked_at IS NOT NULL AS "isDeleted",
         expires_at IS NOT NULL AND expires_at <= clock_timestamp() AS "isExpired"
  FROM turn, api_keys WHERE id = $1::uuid FOR SHARE OF api_keys`;

/**
 * Holds the key as it is until the transaction ends: a delete or disable waits for it, and after their answer nothing
 * of the key commits any more. Throws `KeyRefusedError` when the key has been deleted or disabled or has expired meanwhile.
 */
export const holdKey = async (tx: Prisma.TransactionClient, keyId: string): Promise<void> => {
  const [key] = await tx.$queryRawUnsafe<Held[]>(HOLD_KEY, keyId);
  if (!key) throw new KeyRefusedError("unknown");
  if (key.isDeleted) throw new KeyRefusedError("deleted", keyId);
  if (key.isDisabled) throw new KeyRefusedError("disabled", keyId);
  if (key.isExpired) throw new KeyRefusedError("expired", keyId);
};
