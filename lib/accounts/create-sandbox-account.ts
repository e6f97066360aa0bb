import type { Prisma } from "#lib/db/generated/client";

/** Gives the user the built-in sandbox account, in the transaction that creates the user. */
export const createSandboxAccount = async (tx: Prisma.TransactionClient, userId: string): Promise<void> => {
  await tx.socialAccount.create({
    data: { userId, network: "sandbox", networkUserId: "sandbox", username: "sandbox", displayName: "Sandbox" },
  });
};
