import type { Prisma } from "#lib/db/generated/client";

/** Serialises what makes keys for this user until the transaction ends, so that their limit holds. Nothing else waits. */
export const lockKeysOf = async (tx: Prisma.TransactionClient, userId: string): Promise<void> => {
  await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
};
