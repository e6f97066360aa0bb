import { database } from "#lib/db/database";
import { toMoment } from "#lib/db/to-moment";
import { checkSecret } from "#lib/keys/check-secret";
import { hashSecret } from "#lib/keys/hash-secret";
import type { LookUpResult } from "#lib/keys/schema";

/** Which of the user's keys a secret is, or was. About anybody else's it says no more than about one that never was. */
export const lookUpKey = async (userId: string, pasted: string): Promise<LookUpResult> => {
  const secret = pasted.trim();
  if (checkSecret(secret)) return { result: "malformed" };
  const { prisma } = await database();
  const row = await prisma.apiKey.findFirst({ where: { userId, hash: hashSecret(secret) } });
  if (!row) return { result: "not_yours" };
  const { id, name, revokedAt } = row;
  return revokedAt ? { result: "deleted", name, deleted_at: toMoment(revokedAt) } : { result: "yours", id, name };
};
