import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { UserActor } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import { noteDeadKeys } from "#lib/keys/dead-keys";
import { lockKey } from "#lib/keys/lock-key";
import type { KeyLeak } from "#lib/leaks/schema";
import { toKeyLeak } from "#lib/leaks/to-key-leak";

/**
 * Disables one of the user's keys because it leaked, and notes it unless somebody reported it before. When this returns
 * it is committed: no request that starts later is accepted by the key, and none under way commits a write for it.
 */
export const reportOwnKey = async (actor: UserActor, id: string | undefined): Promise<KeyLeak> => {
  const { urgent } = await database();
  const leak = await urgent.$transaction(async (tx) => {
    const { id: keyId } = await lockKey(tx, actor.userId, id);
    await tx.$executeRaw`UPDATE api_keys SET disabled_at = coalesce(disabled_at, now()) WHERE id = ${keyId}::uuid`;
    const marked = await tx.keyLeak.createMany({ data: { keyId, source: "owner" }, skipDuplicates: true });
    const leak = toKeyLeak(await tx.keyLeak.findUniqueOrThrow({ where: { keyId } }));
    if (marked.count === 1) await recordAuditEvent(tx, actor, { action: "key.leaked", keyId });
    return leak;
  });
  await noteDeadKeys([leak.key_id], "leaked");
  return leak;
};
