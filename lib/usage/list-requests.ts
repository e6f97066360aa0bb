import { database } from "#lib/db/database";
import type { KeyRequest as KeyRequestRow } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/is-uuid";
import { toMoment } from "#lib/db/to-moment";
import { keyNotFound } from "#lib/keys/key-not-found";
import { type KeyRequest, keyRequestSchema } from "#lib/usage/schema";

/**
 * The kept requests of one of the user's keys, newest first, and how many there are in all: every one, or only those
 * that were refused, or only the others. Unknown, deleted and foreign keys are the same 404.
 */
export const listRequests = async (
  userId: string,
  keyId: string | undefined,
  { isRefused, skip, take }: { isRefused: boolean | undefined; skip: number; take: number },
): Promise<{ count: number; requests: KeyRequest[] }> => {
  if (!isUuid(keyId)) throw keyNotFound();
  const { prisma } = await database();
  const key = { userId, revokedAt: null };
  const where = { keyId, key, ...(isRefused !== undefined && { refusal: isRefused ? { not: null } : null }) };
  const orderBy = [{ at: "desc" as const }, { id: "desc" as const }];
  const [known, count, rows] = await prisma.$transaction([
    prisma.apiKey.count({ where: { id: keyId, ...key } }),
    prisma.keyRequest.count({ where }),
    prisma.keyRequest.findMany({ where, orderBy, skip, take }),
  ]);
  if (known === 0) throw keyNotFound();
  return { count, requests: rows.map(toKeyRequest) };
};

function toKeyRequest(row: KeyRequestRow): KeyRequest {
  return keyRequestSchema.parse({
    request_id: row.id,
    at: toMoment(row.at),
    method: row.method,
    route: row.route,
    status: row.status,
    refusal: row.refusal,
    milliseconds: Math.round(row.milliseconds * 10) / 10,
    address: row.address,
    user_agent: row.userAgent,
  });
}
