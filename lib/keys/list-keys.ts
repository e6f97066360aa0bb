import { database } from "#lib/db/database";
import type { ApiKey } from "#lib/keys/schema";
import { KEY_INCLUDE, toApiKey } from "#lib/keys/to-api-key";

/** The user's keys that are not deleted, newest first. */
export const listKeys = async (userId: string): Promise<ApiKey[]> => {
  const { prisma } = await database();
  const rows = await prisma.apiKey.findMany({
    where: { userId, revokedAt: null },
    include: KEY_INCLUDE,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return rows.map(toApiKey);
};
