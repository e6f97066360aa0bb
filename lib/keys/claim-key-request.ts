import { currentTime } from "#lib/clock";
import type { Prisma } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { claimIdempotencyKey } from "#lib/idempotency/claim-idempotency-key";
import type { GeneratedKey } from "#lib/keys/schema";
import { KEY_INCLUDE, toApiKey } from "#lib/keys/to-api-key";
import { say } from "#lib/problems/problem";

type Claim = { userId: string; key: string | undefined; body: unknown; resourceId: string };

const IDEMPOTENCY_HOURS = 24;

/**
 * The key that an earlier request with this idempotency key made within 24 hours, without its secret; undefined when
 * this request is the first, or has none. Throws 409 when the key it made is gone, or the body was another.
 */
export const claimKeyRequest = async (
  tx: Prisma.TransactionClient,
  { userId, key, body, resourceId }: Claim,
): Promise<GeneratedKey | undefined> => {
  if (key === undefined) return undefined;
  const createdAt = { lt: new Date(currentTime() - IDEMPOTENCY_HOURS * 3_600_000) };
  await tx.idempotencyKey.deleteMany({ where: { userId, scope: "api-keys", createdAt } });
  const id = await claimIdempotencyKey(tx, { userId, scope: "api-keys", key, body, resourceId });
  if (id === undefined) return undefined;
  const row = await tx.apiKey.findFirst({ where: { id, userId, revokedAt: null }, include: KEY_INCLUDE });
  if (row) return toApiKey(row);
  const message = say("key_request_deleted");
  throw new ApiError("IdempotencyConflict", message);
};
