import { database } from "#lib/db/database";

/** Ids at the network of what an account has published since a moment, by what is recorded here. */
export const listTaken = async (accountId: string, since: Date): Promise<string[]> => {
  const { prisma } = await database();
  const rows = await prisma.postPart.findMany({
    where: { post: { accountId }, publishedAt: { gte: since }, networkPostId: { not: null } },
    select: { networkPostId: true },
  });
  return rows.flatMap(({ networkPostId }) => networkPostId ?? []);
};
