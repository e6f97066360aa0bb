import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { UserActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import { noteDeadKeys } from "#lib/keys/dead-keys";
import { lockKey } from "#lib/keys/lock-key";
import { WAITING_STATUSES } from "#lib/posts/schema";

/**
 * Deletes one of the user's keys for good. When this returns the deletion is committed: no request that starts later
 * is accepted, and none under way commits a write. The row stays, so that its last holder can be told. Posts of the key
 * that still wait are cancelled with it if that is wanted; what is being published is not.
 */
export const deleteKey = async (
  actor: UserActor,
  keyId: string | undefined,
  { cancelsPosts = false }: { cancelsPosts?: boolean } = {},
): Promise<void> => {
  const { urgent } = await database();
  const deleted = await urgent.$transaction(async (tx) => {
    const { id, name } = await lockKey(tx, actor.userId, keyId);
    await tx.apiKey.update({ where: { id }, data: { revokedAt: currentMoment() } });
    const waiting = { keyId: id, userId: actor.userId, status: { in: WAITING_STATUSES } };
    if (cancelsPosts) await tx.post.updateMany({ where: waiting, data: { status: "cancelled", wakeAt: null } });
    await recordAuditEvent(tx, actor, { action: "key.deleted", keyId: id, details: { name } });
    return id;
  });
  await noteDeadKeys([deleted], "deleted");
};
