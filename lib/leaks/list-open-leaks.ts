import { database } from "#lib/db/database";
import type { OpenLeak } from "#lib/leaks/schema";
import { toKeyLeak } from "#lib/leaks/to-key-leak";

/** The user's leaked keys that they have not been through yet, newest first. Deleted keys need no care any more. */
export const listOpenLeaks = async (userId: string): Promise<OpenLeak[]> => {
  const { prisma } = await database();
  const rows = await prisma.keyLeak.findMany({
    where: { acknowledgedAt: null, key: { userId, revokedAt: null } },
    include: { key: { select: { name: true } } },
    orderBy: [{ reportedAt: "desc" }, { keyId: "desc" }],
  });
  return rows.map((row) => ({ ...toKeyLeak(row), key_name: row.key.name }));
};
