import { randomUUID } from "node:crypto";
import { createSandboxAccount } from "#lib/accounts/save-connection";
import type { UserActor } from "#lib/audit/schema";
import { type Database, useMemoryDatabase } from "#lib/db/database";
import { useTestKey } from "#lib/testing/process-state";

/** An empty database in memory, and a key for its credentials. */
export const useAccountsDatabase = async (): Promise<Database> => {
  useTestKey();
  return useMemoryDatabase();
};

/** Somebody new with the sandbox, as who they are in the log. */
export const createActor = async ({ prisma }: Database): Promise<UserActor> => {
  const user = await prisma.user.create({ data: { issuer: "tests", subject: randomUUID(), email: "ada@example.com" } });
  await createSandboxAccount(prisma, user.id);
  return { kind: "user", userId: user.id, address: null, userAgent: null };
};
