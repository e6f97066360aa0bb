import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { MemberActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import type { Prisma } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/sql-values";
import { shareTurn, takeTurn } from "#lib/db/turns";
import { ApiError } from "#lib/errors";
import { noteDeadKeys } from "#lib/keys/dead-keys";
import type { ApiKey } from "#lib/keys/schema";
import { KEY_INCLUDE, toApiKey } from "#lib/keys/to-api-key";
import { KeyRefusedError } from "#lib/keys/verify-secret";
import { requireAct } from "#lib/organizations/acts";
import { asMember } from "#lib/organizations/as-member";
import type { Role } from "#lib/organizations/schema";
import { WAITING_STATUSES } from "#lib/posts/schema";
import { say } from "#lib/problems/problem";

/** The same 404 for every key that the organization does not have, whether or not somebody else has it. */
export const keyNotFound = (): ApiError => new ApiError("NotFound", say("key_not_found"));

const TAKE_TURN = `SELECT ${takeTurn("id")} FROM api_keys WHERE id = $1::uuid AND organization_id = $2::uuid`;

// The ordered subquery takes the advisory locks in the order of the ids, so two callers who end the same keys cannot
// deadlock.
const TAKE_TURNS = `SELECT ${takeTurn("id")} FROM (SELECT unnest($1::uuid[]) AS id ORDER BY id) AS ending`;

/**
 * Reads one of the organization's keys and locks its row until the transaction ends. All writes on the key's behalf
 * have committed, and nobody else can change it. Throws 404 for unknown, deleted and foreign keys alike.
 */
export const lockKey = async (
  tx: Prisma.TransactionClient,
  { organizationId }: Pick<MemberActor, "organizationId">,
  keyId: string | undefined,
) => {
  if (!isUuid(keyId)) throw keyNotFound();
  await tx.$executeRawUnsafe(TAKE_TURN, keyId, organizationId);
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM api_keys WHERE id = ${keyId}::uuid AND organization_id = ${organizationId}::uuid AND revoked_at IS NULL FOR NO KEY UPDATE`;
  if (locked.length === 0) throw keyNotFound();
  return tx.apiKey.findUniqueOrThrow({ where: { id: keyId }, include: KEY_INCLUDE });
};

/** Like `lockKey`, for a change that a member may make only to keys that they generated. Throws 403 for other keys. */
export const lockOwnKey = async (
  tx: Prisma.TransactionClient,
  { organizationId, userId, role }: MemberActor & { role: Role },
  keyId: string | undefined,
) => {
  const key = await lockKey(tx, { organizationId }, keyId);
  if (key.createdById !== userId) requireAct(role, "keys.change_any");
  return key;
};

/**
 * Waits as `lockKey` does, for several keys at once. Call it before taking any other lock on keys, and lock the rows
 * afterwards.
 */
export const takeTurnAtKeys = async (tx: Prisma.TransactionClient, keyIds: string[]): Promise<void> => {
  await tx.$executeRawUnsafe(TAKE_TURNS, keyIds);
};

type Held = { isDisabled: boolean; isDeleted: boolean; isExpired: boolean };

// FOR SHARE reads the row as it is after the lock. A plain read in the same statement would see the earlier version.
const HOLD_KEY = `
  WITH turn AS MATERIALIZED (SELECT ${shareTurn("$1::uuid")})
  SELECT disabled_at IS NOT NULL AS "isDisabled", revoked_at IS NOT NULL AS "isDeleted",
         expires_at IS NOT NULL AND expires_at <= clock_timestamp() AS "isExpired"
  FROM turn, api_keys WHERE id = $1::uuid FOR SHARE OF api_keys`;

/**
 * Keeps the key unchanged until the transaction ends. A delete or disable waits for it, and after that answer nothing of the
 * key can commit. Throws `KeyRefusedError` when the key has meanwhile been deleted or disabled or has expired.
 */
export const holdKey = async (tx: Prisma.TransactionClient, keyId: string): Promise<void> => {
  const [key] = await tx.$queryRawUnsafe<Held[]>(HOLD_KEY, keyId);
  if (!key) throw new KeyRefusedError("unknown");
  if (key.isDeleted) throw new KeyRefusedError("deleted", keyId);
  if (key.isDisabled) throw new KeyRefusedError("disabled", keyId);
  if (key.isExpired) throw new KeyRefusedError("expired", keyId);
};

/**
 * Ends the overlap of a replaced key. When this returns, later requests with the key are refused, and requests in progress
 * cannot commit a write. Throws 409 for a key that was not replaced.
 */
export const endKey = async (actor: MemberActor, keyId: string | undefined): Promise<ApiKey> => {
  const end = async (tx: Prisma.TransactionClient): Promise<ApiKey> => {
    const { id, replacedBy, expiresAt } = await lockKey(tx, actor, keyId);
    if (!replacedBy) {
      throw new ApiError("InvalidState", say("key_not_replaced"));
    }
    await tx.$executeRaw`UPDATE api_keys SET expires_at = least(expires_at, now()) WHERE id = ${id}::uuid`;
    const row = await tx.apiKey.findUniqueOrThrow({ where: { id }, include: KEY_INCLUDE });
    const isChanged = row.expiresAt?.getTime() !== expiresAt?.getTime();
    if (isChanged) await recordAuditEvent(tx, actor, { action: "key.ended", keyId: id });
    return toApiKey(row);
  };
  return asMember(actor, "keys.disable", end, { isUrgent: true });
};

/**
 * Deletes one of the organization's keys for good. When this returns, the deletion is committed: later requests are
 * refused, and requests in progress cannot commit a write. The row stays, so that a later caller learns of the
 * deletion. Cancels the key's waiting posts on request, but not those being published.
 */
export const deleteKey = async (
  actor: MemberActor,
  keyId: string | undefined,
  { cancelsPosts = false }: { cancelsPosts?: boolean } = {},
): Promise<void> => {
  const remove = async (tx: Prisma.TransactionClient, role: Role): Promise<string> => {
    const { id, name } = await lockOwnKey(tx, { ...actor, role }, keyId);
    await tx.apiKey.update({ where: { id }, data: { revokedAt: currentMoment() } });
    const waiting = { keyId: id, organizationId: actor.organizationId, status: { in: WAITING_STATUSES } };
    if (cancelsPosts) await tx.post.updateMany({ where: waiting, data: { status: "cancelled", wakeAt: null } });
    await recordAuditEvent(tx, actor, { action: "key.deleted", keyId: id, details: { name } });
    return id;
  };
  await noteDeadKeys([await asMember(actor, "keys.change_own", remove, { isUrgent: true })], "deleted");
};
