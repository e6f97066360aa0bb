import { hash } from "node:crypto";
import type { Prisma } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";

type Claim = {
  userId: string;
  /** What the key makes: two scopes never meet. */
  scope: "api-keys" | "posts";
  key: string;
  /** The parsed request, whose repetition is meant. */
  body: unknown;
  /** Id of the resource that this request is about to make. */
  resourceId: string;
};

/**
 * Claims an `Idempotency-Key` for a resource inside the transaction that makes it. Returns the id of the resource that an
 * earlier request with the same body made, or undefined when this is the first; a concurrent first one is waited for.
 * Throws 409 when the key stands for another body (draft-ietf-httpapi-idempotency-key-header).
 */
export const claimIdempotencyKey = async (tx: Prisma.TransactionClient, claim: Claim): Promise<string | undefined> => {
  const { userId, scope, key, resourceId } = claim;
  const bodyHash = new Uint8Array(hash("sha256", JSON.stringify(claim.body), "buffer"));
  const claimed = await tx.$executeRaw`
    INSERT INTO idempotency_keys (user_id, scope, key, body_hash, resource_id)
    VALUES (${userId}::uuid, ${scope}, ${key}, ${bodyHash}, ${resourceId}::uuid) ON CONFLICT DO NOTHING`;
  if (claimed === 1) return undefined;
  const earlier = await tx.idempotencyKey.findUniqueOrThrow({ where: { userId_scope_key: { userId, scope, key } } });
  if (Buffer.compare(earlier.bodyHash, bodyHash) === 0) return earlier.resourceId;
  throw new ApiError("IdempotencyConflict", "This Idempotency-Key was used with another body. Use a new one.");
};
