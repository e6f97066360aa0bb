import type { Account } from "#lib/accounts/schema";
import { toAccount } from "#lib/accounts/to-account";
import { database } from "#lib/db/database";

/** The user's social accounts, oldest first, and how many there are in all. */
export const listAccounts = async (
  userId: string,
  range: { skip?: number; take?: number } = {},
): Promise<{ count: number; accounts: Account[] }> => {
  const { prisma } = await database();
  const where = { userId, disconnectedAt: null };
  const [count, rows] = await prisma.$transaction([
    prisma.socialAccount.count({ where }),
    prisma.socialAccount.findMany({ where, orderBy: [{ createdAt: "asc" }, { id: "asc" }], ...range }),
  ]);
  return { count, accounts: rows.map(toAccount) };
};
