import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import { ApiError } from "#lib/errors";
import { findLeak } from "#lib/leaks/find-leak";
import type { KeyLeak } from "#lib/leaks/schema";
import { say } from "#lib/problems/problem";

/** Notes that the owner has been through the leak of one of their keys; the first time counts. */
export const acknowledgeLeak = async (userId: string, keyId: string | undefined): Promise<KeyLeak> => {
  const { prisma } = await database();
  if (isUuid(keyId)) {
    await prisma.keyLeak.updateMany({
      where: { keyId, acknowledgedAt: null, key: { userId, revokedAt: null } },
      data: { acknowledgedAt: currentMoment() },
    });
  }
  const leak = await findLeak(userId, keyId);
  if (!leak) throw new ApiError("NotFound", say("leak_not_reported"));
  return leak;
};
