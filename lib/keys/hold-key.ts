import type { Prisma } from "#lib/db/generated/client";
import { KeyRefusedError } from "#lib/keys/key-refused-error";

/**
 * Holds the key as it is until the transaction ends: a delete or disable waits for it, and after their answer nothing
 * of the key commits any more. Throws `KeyRefusedError` when the key has been deleted or disabled or has expired meanwhile.
 */
export const holdKey = async (tx: Prisma.TransactionClient, keyId: string): Promise<void> => {
  const [key] = await tx.$queryRaw<{ isDisabled: boolean; isDeleted: boolean; isExpired: boolean }[]>`
    SELECT disabled_at IS NOT NULL AS "isDisabled", revoked_at IS NOT NULL AS "isDeleted",
           expires_at IS NOT NULL AND expires_at <= clock_timestamp() AS "isExpired"
    FROM api_keys WHERE id = ${keyId}::uuid FOR SHARE`;
  if (!key) throw new KeyRefusedError("unknown");
  if (key.isDeleted) throw new KeyRefusedError("deleted", keyId);
  if (key.isDisabled) throw new KeyRefusedError("disabled", keyId);
  if (key.isExpired) throw new KeyRefusedError("expired", keyId);
};
