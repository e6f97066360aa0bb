import { database } from "#lib/db/database";
import { toMoment } from "#lib/db/to-moment";
import { isWholeSecret } from "#lib/keys/check-secret";
import { hashSecret } from "#lib/keys/hash-secret";
import type { LookUpResult } from "#lib/keys/schema";
import { findSecrets } from "#lib/pasted/schema";

/**
 * Which of the user's keys is, or was, in what they pasted: of several, one that is. About anybody else's it says no more
 * than about one that never was.
 */
export const lookUpKey = async (userId: string, pasted: string): Promise<LookUpResult> => {
  const hashes = findSecrets(pasted, isWholeSecret).map(hashSecret);
  if (hashes.length === 0) return { result: "malformed" };
  const { prisma } = await database();
  const where = { userId, hash: { in: hashes } };
  const row = await prisma.apiKey.findFirst({ where, orderBy: { revokedAt: { sort: "desc", nulls: "first" } } });
  if (!row) return { result: "not_yours" };
  const { id, name, revokedAt } = row;
  return revokedAt ? { result: "deleted", name, deleted_at: toMoment(revokedAt) } : { result: "yours", id, name };
};
