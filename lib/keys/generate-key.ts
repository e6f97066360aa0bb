import { randomUUID } from "node:crypto";
import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { UserActor } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import { claimKeyRequest } from "#lib/keys/claim-key-request";
import { insertKey } from "#lib/keys/insert-key";
import { lockKeysOf } from "#lib/keys/lock-keys-of";
import type { GeneratedKey, KeyRequest } from "#lib/keys/schema";
import { toKeyColumns } from "#lib/keys/to-key-columns";
import { toSettings } from "#lib/keys/to-settings";

/**
 * Makes a key for the user and returns it with its secret, the only time that the secret exists outside its holder.
 * A request repeated with the same idempotency key within 24 hours returns the key it made, without the secret.
 */
export const generateKey = async (
  actor: UserActor,
  request: KeyRequest,
  idempotencyKey: string | undefined,
): Promise<GeneratedKey> => {
  const { userId } = actor;
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    await lockKeysOf(tx, userId);
    const id = randomUUID();
    const earlier = await claimKeyRequest(tx, { userId, key: idempotencyKey, body: request, resourceId: id });
    if (earlier) return earlier;
    const { environment, name } = request;
    const columns = { ...toKeyColumns(request), name, environment: environment ?? null };
    const made = await insertKey(tx, { id, userId, ...columns });
    await recordAuditEvent(tx, actor, { action: "key.generated", keyId: id, details: toSettings(made) });
    return made;
  });
};
