import type { Prisma } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { createSecret } from "#lib/keys/create-secret";
import { hashSecret } from "#lib/keys/hash-secret";
import { previewSecret } from "#lib/keys/preview-secret";
import { type Environment, type GeneratedKey, MAX_KEYS_PER_USER } from "#lib/keys/schema";
import { KEY_INCLUDE, toApiKey } from "#lib/keys/to-api-key";
import { say } from "#lib/problems/problem";

type NewKey = Omit<Prisma.ApiKeyUncheckedCreateInput, "hash" | "preview" | "environment"> & {
  environment: Environment | null;
};

/** Gives a new key its secret and inserts it. Throws 409 at the limit of keys; the caller holds `lockKeysOf`. */
export const insertKey = async (tx: Prisma.TransactionClient, key: NewKey): Promise<GeneratedKey> => {
  const { userId, environment } = key;
  if ((await tx.apiKey.count({ where: { userId, revokedAt: null } })) >= MAX_KEYS_PER_USER) {
    const message = say("key_limit", { most: MAX_KEYS_PER_USER });
    throw new ApiError("LimitReached", message);
  }
  const secret = createSecret(environment ?? undefined);
  const row = await tx.apiKey.create({
    data: { ...key, hash: hashSecret(secret), preview: previewSecret(secret) },
    include: KEY_INCLUDE,
  });
  return { ...toApiKey(row), key: secret };
};
