import { hash } from "node:crypto";
import { database } from "#lib/db/database";
import type { IdempotencyKey } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";

/** What a request says it may be a repetition of. */
export type Claim = {
  userId: string;
  /** What the key makes: two scopes never meet. */
  scope: "api-keys" | "posts";
  key: string;
  /** The parsed request, whose repetition is meant. */
  body: unknown;
  /** How long the request may be under way after its resource is there. */
  busySeconds?: number;
};

/**
 * The id of the resource that an earlier request with this key made, or undefined when there was none. Throws 409
 * `IdempotencyConflict` when it had another body, and `IdempotencyInProgress` while it has not been answered.
 */
export const findIdempotent = async (claim: Claim): Promise<string | undefined> => {
  const { userId, scope, key } = claim;
  const { prisma } = await database();
  const earlier = await prisma.idempotencyKey.findUnique({ where: { userId_scope_key: { userId, scope, key } } });
  return earlier ? toResourceId(claim, earlier) : undefined;
};

/** Notes that the request that claimed the key has been answered. */
export const finishIdempotent = async ({ userId, scope, key }: Omit<Claim, "body">): Promise<void> => {
  const { prisma } = await database();
  await prisma.idempotencyKey.updateMany({ where: { userId, scope, key }, data: { busyUntil: null } });
};

/** What stands for a body: the same for the same request. */
export const toBodyHash = (body: unknown): Uint8Array<ArrayBuffer> =>
  new Uint8Array(hash("sha256", JSON.stringify(body), "buffer"));

/** What an earlier request's row means for this one. Throws as `findIdempotent` does. */
export const toResourceId = (claim: Claim, { bodyHash, busyUntil, resourceId }: IdempotencyKey): string => {
  if (Buffer.compare(bodyHash, toBodyHash(claim.body)) !== 0) {
    throw new ApiError("IdempotencyConflict", "This Idempotency-Key was used with another body. Use a new one.");
  }
  const waitSeconds = busyUntil ? Math.ceil((busyUntil.getTime() - Date.now()) / 1000) : 0;
  if (waitSeconds <= 0) return resourceId;
  throw new ApiError("IdempotencyInProgress", "The first request with this Idempotency-Key is still under way.", {
    headers: { "Retry-After": String(waitSeconds) },
    members: { retry_after: waitSeconds },
  });
};
