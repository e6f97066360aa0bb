import { randomUUID } from "node:crypto";
import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { MemberActor } from "#lib/audit/schema";
import { currentTime } from "#lib/clock";
import type { Prisma } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { claimIdempotencyKey, IDEMPOTENCY_HOURS } from "#lib/idempotency/find-idempotent";
import { createSecret, hashSecret, previewSecret } from "#lib/keys/create-secret";
import { type Environment, type GeneratedKey, type KeyRequest, MAX_KEYS_PER_ORGANIZATION } from "#lib/keys/schema";
import { KEY_INCLUDE, toApiKey, toKeyColumns, toSettings } from "#lib/keys/to-api-key";
import { tellOfKeys } from "#lib/notices/tell-of-key";
import { asMember } from "#lib/organizations/as-member";
import { say } from "#lib/problems/problem";

/**
 * Generates a key for the organization and returns it with its secret, which is never shown again. Repeating a request
 * with the same idempotency key within 24 hours returns the same key without the secret.
 */
export const generateKey = async (
  actor: MemberActor,
  request: KeyRequest,
  idempotencyKey: string | undefined,
): Promise<GeneratedKey> => {
  const { organizationId, userId: createdById } = actor;
  const generate = async (tx: Prisma.TransactionClient): Promise<GeneratedKey> => {
    const id = randomUUID();
    const earlier = await claimKeyRequest(tx, { organizationId, key: idempotencyKey, body: request, resourceId: id });
    if (earlier) return earlier;
    const { environment, name } = request;
    const columns = { ...toKeyColumns(request), name, environment: environment ?? null };
    const made = await insertKey(tx, { id, organizationId, createdById, ...columns });
    await recordAuditEvent(tx, actor, { action: "key.generated", keyId: id, details: toSettings(made) });
    await tellOfKeys(tx, [id], { kind: "key.generated", actorId: createdById });
    return made;
  };
  return asMember(actor, "keys.generate", generate, { locks: "organization" });
};

type NewKey = Omit<Prisma.ApiKeyUncheckedCreateInput, "hash" | "preview" | "environment"> & {
  environment: Environment | null;
};

/** Gives a new key its secret and inserts it. Throws 409 at the limit of keys. The caller must have locked the
 * organization. */
export const insertKey = async (tx: Prisma.TransactionClient, key: NewKey): Promise<GeneratedKey> => {
  const { organizationId, environment } = key;
  if ((await tx.apiKey.count({ where: { organizationId, revokedAt: null } })) >= MAX_KEYS_PER_ORGANIZATION) {
    const message = say("key_limit", { most: MAX_KEYS_PER_ORGANIZATION });
    throw new ApiError("LimitReached", message);
  }
  const secret = createSecret(environment ?? undefined);
  const row = await tx.apiKey.create({
    data: { ...key, hash: hashSecret(secret), preview: previewSecret(secret) },
    include: KEY_INCLUDE,
  });
  return { ...toApiKey(row), key: secret };
};

type Claim = { organizationId: string; key: string | undefined; body: unknown; resourceId: string };

/**
 * The key that an earlier request with this idempotency key generated within 24 hours, without its secret. Undefined for a
 * first request, or without an idempotency key. Throws 409 when that key is gone, or the body differs.
 */
export const claimKeyRequest = async (
  tx: Prisma.TransactionClient,
  { organizationId, key, body, resourceId }: Claim,
): Promise<GeneratedKey | undefined> => {
  if (key === undefined) return undefined;
  const createdAt = { lt: new Date(currentTime() - IDEMPOTENCY_HOURS * 3_600_000) };
  await tx.idempotencyKey.deleteMany({ where: { organizationId, scope: "api-keys", createdAt } });
  const id = await claimIdempotencyKey(tx, { organizationId, scope: "api-keys", key, body, resourceId });
  if (id === undefined) return undefined;
  const row = await tx.apiKey.findFirst({ where: { id, organizationId, revokedAt: null }, include: KEY_INCLUDE });
  if (row) return toApiKey(row);
  const message = say("key_request_deleted");
  throw new ApiError("IdempotencyConflict", message);
};
