import { randomUUID } from "node:crypto";
import { database } from "#lib/db/database";
import { claimKeyRequest } from "#lib/keys/claim-key-request";
import { insertKey } from "#lib/keys/insert-key";
import { lockKeysOf } from "#lib/keys/lock-keys-of";
import type { GeneratedKey, KeyRequest } from "#lib/keys/schema";
import { toKeyColumns } from "#lib/keys/to-key-columns";

/**
 * Makes a key for the user and returns it with its secret, the only time that the secret exists outside its holder.
 * A request repeated with the same idempotency key within 24 hours returns the key it made, without the secret.
 */
export const generateKey = async (
  userId: string,
  request: KeyRequest,
  idempotencyKey: string | undefined,
): Promise<GeneratedKey> => {
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    await lockKeysOf(tx, userId);
    const id = randomUUID();
    const earlier = await claimKeyRequest(tx, { userId, key: idempotencyKey, body: request, resourceId: id });
    if (earlier) return earlier;
    const { environment, name } = request;
    return insertKey(tx, { id, userId, environment: environment ?? null, ...toKeyColumns(request), name });
  });
};
