import { database } from "#lib/db/database";
import { type Counts, OUTCOMES } from "#lib/usage/schema";

/** How many requests one of the user's keys made since a moment, by outcome; counted in whole hours. */
export const countRequests = async (userId: string, keyId: string, since: Date): Promise<Counts> => {
  const { prisma } = await database();
  const rows = await prisma.keyUsage.groupBy({
    by: ["outcome"],
    where: { keyId, key: { userId }, hour: { gte: since } },
    _sum: { count: true },
  });
  const counts = OUTCOMES.map((outcome) => [outcome, rows.find((row) => row.outcome === outcome)?._sum.count ?? 0]);
  return Object.fromEntries(counts) as Counts;
};
