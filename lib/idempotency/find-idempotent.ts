import { hash } from "node:crypto";
import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { say } from "#lib/problems/problem";

/** How long an `Idempotency-Key` refers to what it made. */
export const IDEMPOTENCY_HOURS = 24;

/** The idempotency key of a request, with what it applies to. */
export type Claim = {
  organizationId: string;
  /** The kind of resource. Keys of different scopes are independent. */
  scope: "api-keys" | "posts";
  key: string;
  /** The parsed request body that a retry must repeat. */
  body: unknown;
};

/** The record of an earlier request with the same key. */
type Earlier = { bodyHash: Uint8Array; resourceId: string; waitSeconds: number };

// A request counts as in progress until its time is over by the database's clock or its post is settled.
export const FIND_IDEMPOTENT: Statement = {
  name: "find-idempotent",
  text: `SELECT body_hash AS "bodyHash", resource_id AS "resourceId",
                CASE WHEN EXISTS (SELECT FROM posts WHERE posts.id = resource_id AND wake_at IS NULL) THEN 0
                     ELSE greatest(0, ceil(extract(epoch FROM busy_until - clock_timestamp())))::int
                END AS "waitSeconds"
         FROM idempotency_keys
         WHERE organization_id = $1::uuid AND scope = $2 AND key = $3
           AND created_at > statement_timestamp() - interval '${IDEMPOTENCY_HOURS} hours'`,
};

/**
 * The id of the resource that an earlier request with this key made, or undefined when there was none. Throws 409
 * `IdempotencyConflict` when the body differs, and `IdempotencyInProgress` while that request is unanswered.
 */
export const findIdempotent = async (claim: Claim): Promise<string | undefined> => {
  const { organizationId, scope, key } = claim;
  const { connection } = await database();
  const [earlier] = await connection.query<Earlier>(FIND_IDEMPOTENT, [organizationId, scope, key]);
  return earlier && toResourceId(claim, earlier);
};

/** Marks the request that claimed the key as answered. */
export const finishIdempotent = async ({ organizationId, scope, key }: Omit<Claim, "body">): Promise<void> => {
  const { prisma } = await database();
  await prisma.idempotencyKey.updateMany({ where: { organizationId, scope, key }, data: { busyUntil: null } });
};

/** A hash of the body, the same for the same request. */
export const toBodyHash = (body: unknown): Uint8Array<ArrayBuffer> =>
  new Uint8Array(hash("sha256", JSON.stringify(body), "buffer"));

/** The resource id from an earlier request's row. Throws as `findIdempotent` does. */
const toResourceId = (claim: Claim, { bodyHash, waitSeconds, resourceId }: Earlier): string => {
  if (Buffer.compare(bodyHash, toBodyHash(claim.body)) !== 0) {
    throw new ApiError("IdempotencyConflict", say("idempotency_other_body"));
  }
  if (waitSeconds <= 0) return resourceId;
  throw new ApiError("IdempotencyInProgress", say("idempotency_under_way"), {
    headers: { "Retry-After": String(waitSeconds) },
    members: { retry_after: waitSeconds },
  });
};

/**
 * Claims an `Idempotency-Key` for a resource in the transaction that creates it. Returns the id of the resource that an
 * earlier request with the same body made, or undefined when this request is the first. Waits for a concurrent first
 * request. Throws 409 as `findIdempotent` does (draft-ietf-httpapi-idempotency-key-header).
 */
export const claimIdempotencyKey = async (
  tx: Prisma.TransactionClient,
  claim: Claim & { /** Id of the resource that this request is about to make. */ resourceId: string },
): Promise<string | undefined> => {
  const { organizationId, scope, key, resourceId } = claim;
  const claimed = await tx.$executeRaw`
    INSERT INTO idempotency_keys (organization_id, scope, key, body_hash, resource_id)
    VALUES (${organizationId}::uuid, ${scope}, ${key}, ${toBodyHash(claim.body)}, ${resourceId}::uuid) ON CONFLICT DO NOTHING`;
  if (claimed === 1) return undefined;
  const earlier = await tx.idempotencyKey.findUniqueOrThrow({
    where: { organizationId_scope_key: { organizationId, scope, key } },
  });
  // The key was committed together with its resource, so there is nothing to wait for.
  return toResourceId(claim, { ...earlier, waitSeconds: 0 });
};

const ROWS_AT_ONCE = 1000;

/** Removes expired idempotency keys in batches. Any instance may run it at any time. */
export const pruneIdempotencyKeys = async (): Promise<void> => {
  const { prisma } = await database();
  for (let deleted = ROWS_AT_ONCE; deleted === ROWS_AT_ONCE; ) {
    deleted = await prisma.$executeRaw`
      DELETE FROM idempotency_keys WHERE (organization_id, scope, key) IN (
        SELECT organization_id, scope, key FROM idempotency_keys
        WHERE created_at < statement_timestamp() - make_interval(hours => ${IDEMPOTENCY_HOURS}::int)
        LIMIT ${ROWS_AT_ONCE})`;
  }
};
