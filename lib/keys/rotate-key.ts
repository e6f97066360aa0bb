import { randomUUID } from "node:crypto";
import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { MemberActor } from "#lib/audit/schema";
import type { Prisma } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { lockOwnKey } from "#lib/keys/end-key";
import { claimKeyRequest, insertKey } from "#lib/keys/generate-key";
import { ENVIRONMENTS, type GeneratedKey } from "#lib/keys/schema";
import { toSettings, toStatus } from "#lib/keys/to-api-key";
import { tellOfKeys } from "#lib/notices/tell-of-key";
import { asMember } from "#lib/organizations/as-member";
import type { Role } from "#lib/organizations/schema";
import { say } from "#lib/problems/problem";

type Rotation = { keyId: string | undefined; overlapSeconds: number; idempotencyKey: string | undefined };

/**
 * Generates a key with the settings of another, except its secret and expiry. The old key ends after the overlap, or at its
 * own expiry if that is earlier; with an overlap of 0, later requests with it are refused at once. Throws 409 for a
 * disabled, expired or replaced key, so that no dead key is extended. A leaked key can still be replaced at once.
 */
export const rotateKey = async (
  actor: MemberActor,
  { keyId, overlapSeconds, idempotencyKey }: Rotation,
): Promise<GeneratedKey> => {
  const { organizationId, userId: createdById } = actor;
  const rotate = async (tx: Prisma.TransactionClient, role: Role): Promise<GeneratedKey> => {
    const old = await lockOwnKey(tx, { ...actor, role }, keyId);
    const id = randomUUID();
    const body = { rotate: old.id, overlapSeconds };
    const earlier = await claimKeyRequest(tx, { organizationId, key: idempotencyKey, body, resourceId: id });
    if (earlier) return earlier;
    checkRotation(old, overlapSeconds);
    await endIn(tx, old.id, overlapSeconds);
    const { name, note, scopes, allowedAddresses, rateLimitPerMinute } = old;
    const environment = ENVIRONMENTS.find((tag) => tag === old.environment) ?? null;
    const taken = { name, note, environment, scopes, allowedAddresses, rateLimitPerMinute };
    const made = await insertKey(tx, { id, organizationId, createdById, replacesId: old.id, ...taken });
    await recordRotation(tx, actor, made, { keyId: old.id, overlapSeconds });
    await tellOfKeys(tx, [id], { kind: "key.generated", actorId: createdById });
    return made;
  };
  return asMember(actor, "keys.change_own", rotate, { locks: "organization", isUrgent: true });
};

function checkRotation(old: Awaited<ReturnType<typeof lockOwnKey>>, overlapSeconds: number): void {
  if (old.replacedBy) throw new ApiError("InvalidState", say("key_replaced"));
  const status = toStatus(old);
  if (status === "expired") throw new ApiError("InvalidState", say("key_expired_for_good"));
  if (status === "active" || (old.leak && overlapSeconds === 0)) return;
  throw new ApiError("InvalidState", old.leak ? say("key_leaked_overlap") : say("key_disabled"));
}

async function recordRotation(
  tx: Prisma.TransactionClient,
  actor: MemberActor,
  made: GeneratedKey,
  { keyId, overlapSeconds }: { keyId: string; overlapSeconds: number },
): Promise<void> {
  const rotated = { replaced_by: made.id, overlap_seconds: overlapSeconds };
  await recordAuditEvent(
    tx,
    actor,
    { action: "key.rotated", keyId, details: rotated },
    { action: "key.generated", keyId: made.id, details: { ...toSettings(made), replaces: keyId } },
  );
}

// By the database's clock, which also decides whether a key has expired.
async function endIn(tx: Prisma.TransactionClient, keyId: string, seconds: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE api_keys SET expires_at = least(expires_at, now() + make_interval(secs => ${seconds}))
    WHERE id = ${keyId}::uuid`;
}
