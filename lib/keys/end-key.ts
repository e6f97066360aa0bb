import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { UserActor } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import { ApiError } from "#lib/errors";
import { lockKey } from "#lib/keys/lock-key";
import type { ApiKey } from "#lib/keys/schema";
import { KEY_INCLUDE, toApiKey } from "#lib/keys/to-api-key";
import { say } from "#lib/problems/problem";

/**
 * Ends the overlap of a key that was replaced. When this returns no request that starts later is accepted by it, and
 * none under way commits a write. Throws 409 for a key that was not replaced.
 */
export const endKey = async (actor: UserActor, keyId: string | undefined): Promise<ApiKey> => {
  const { urgent } = await database();
  return urgent.$transaction(async (tx) => {
    const { id, replacedBy, expiresAt } = await lockKey(tx, actor.userId, keyId);
    if (!replacedBy) {
      throw new ApiError("InvalidState", say("key_not_replaced"));
    }
    await tx.$executeRaw`UPDATE api_keys SET expires_at = least(expires_at, now()) WHERE id = ${id}::uuid`;
    const row = await tx.apiKey.findUniqueOrThrow({ where: { id }, include: KEY_INCLUDE });
    const isChanged = row.expiresAt?.getTime() !== expiresAt?.getTime();
    if (isChanged) await recordAuditEvent(tx, actor, { action: "key.ended", keyId: id });
    return toApiKey(row);
  });
};
