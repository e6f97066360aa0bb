import type { AuditKey } from "#lib/audit/schema";
import { database } from "#lib/db/database";

const MAX_KEYS = 200;

/** The user's keys that events can be about: those that exist by name, then the deleted ones, the latest first. */
export const listAuditKeys = async (userId: string): Promise<AuditKey[]> => {
  const { prisma } = await database();
  const rows = await prisma.apiKey.findMany({
    where: { userId },
    orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { name: "asc" }],
    select: { id: true, name: true, preview: true, revokedAt: true },
    take: MAX_KEYS,
  });
  return rows.map(({ id, name, preview, revokedAt }) => ({ id, name, preview, isDeleted: revokedAt !== null }));
};
