import { randomUUID } from "node:crypto";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { claimIdempotencyKey } from "#lib/idempotency/claim-idempotency-key";
import { createSecret } from "#lib/keys/create-secret";
import { hashSecret } from "#lib/keys/hash-secret";
import { previewSecret } from "#lib/keys/preview-secret";
import { type Environment, type GeneratedKey, MAX_KEYS_PER_USER } from "#lib/keys/schema";
import { toApiKey } from "#lib/keys/to-api-key";

type Request = { name: string; environment?: Environment | undefined };

const IDEMPOTENCY_HOURS = 24;

/**
 * Makes a key for the user and returns it with its secret, the only time that the secret exists outside its holder.
 * A request repeated with the same idempotency key within 24 hours returns the key it made, without the secret.
 */
export const generateKey = async (
  userId: string,
  request: Request,
  idempotencyKey: string | undefined,
): Promise<GeneratedKey> => {
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    // Serialises this user's generations, so that the limit holds; other statements are not held up.
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
    const id = randomUUID();
    const earlierId = idempotencyKey && (await claim(tx, userId, idempotencyKey, request, id));
    return earlierId ? getEarlier(tx, userId, earlierId) : insertKey(tx, userId, id, request);
  });
};

async function claim(
  tx: Prisma.TransactionClient,
  userId: string,
  key: string,
  body: Request,
  resourceId: string,
): Promise<string | undefined> {
  const createdAt = { lt: new Date(Date.now() - IDEMPOTENCY_HOURS * 3_600_000) };
  await tx.idempotencyKey.deleteMany({ where: { userId, scope: "api-keys", createdAt } });
  return claimIdempotencyKey(tx, { userId, scope: "api-keys", key, body, resourceId });
}

async function getEarlier(tx: Prisma.TransactionClient, userId: string, id: string): Promise<GeneratedKey> {
  const row = await tx.apiKey.findFirst({ where: { id, userId, revokedAt: null }, include: { lastUse: true } });
  if (row) return toApiKey(row);
  throw new ApiError(
    "IdempotencyConflict",
    "This Idempotency-Key made a key that has since been deleted. Use a new one.",
  );
}

async function insertKey(
  tx: Prisma.TransactionClient,
  userId: string,
  id: string,
  { name, environment }: Request,
): Promise<GeneratedKey> {
  if ((await tx.apiKey.count({ where: { userId, revokedAt: null } })) >= MAX_KEYS_PER_USER) {
    const message = `You have ${MAX_KEYS_PER_USER} API keys, which is the limit. Delete one that is no longer used.`;
    throw new ApiError("LimitReached", message);
  }
  const secret = createSecret(environment);
  const row = await tx.apiKey.create({
    data: {
      id,
      userId,
      name,
      environment: environment ?? null,
      hash: hashSecret(secret),
      preview: previewSecret(secret),
    },
    include: { lastUse: true },
  });
  return { ...toApiKey(row), key: secret };
}
