import { database } from "#lib/db/database";

/** Signs the user out everywhere: every token of theirs is refused from now on. */
export const endAllSessions = async (userId: string): Promise<void> => {
  const { prisma } = await database();
  await prisma.session.deleteMany({ where: { userId } });
};
