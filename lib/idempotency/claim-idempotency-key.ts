import type { Prisma } from "#lib/db/generated/client";
import { type Claim, toBodyHash, toResourceId } from "#lib/idempotency/find-idempotent";

/**
 * Claims an `Idempotency-Key` for a resource inside the transaction that makes it. Returns the id of the resource that an
 * earlier request with the same body made, or undefined when this is the first; a concurrent first one is waited for.
 * Throws 409 as `findIdempotent` does (draft-ietf-httpapi-idempotency-key-header).
 */
export const claimIdempotencyKey = async (
  tx: Prisma.TransactionClient,
  claim: Claim & { /** Id of the resource that this request is about to make. */ resourceId: string },
): Promise<string | undefined> => {
  const { userId, scope, key, resourceId } = claim;
  const claimed = await tx.$executeRaw`
    INSERT INTO idempotency_keys (user_id, scope, key, body_hash, resource_id)
    VALUES (${userId}::uuid, ${scope}, ${key}, ${toBodyHash(claim.body)}, ${resourceId}::uuid) ON CONFLICT DO NOTHING`;
  if (claimed === 1) return undefined;
  const earlier = await tx.idempotencyKey.findUniqueOrThrow({ where: { userId_scope_key: { userId, scope, key } } });
  // It was made with its resource, in one transaction, so that there is nothing to wait for.
  return toResourceId(claim, { ...earlier, waitSeconds: 0 });
};
