import { randomUUID } from "node:crypto";
import { createSandboxAccount } from "#lib/accounts/save-connection";
import type { UserActor } from "#lib/audit/schema";
import { type Database, useMemoryDatabase } from "#lib/db/database";
import { useTestKey } from "#lib/testing/process-state";

/** An empty in-memory database and a key for its credentials. */
export const useAccountsDatabase = async (): Promise<Database> => {
  useTestKey();
  return useMemoryDatabase();
};

/** Creates a user with a sandbox account and returns them as an actor for the audit log. */
export const createActor = async ({ prisma }: Database): Promise<UserActor> => {
  const user = await prisma.user.create({ data: { issuer: "tests", subject: randomUUID(), email: "ada@example.com" } });
  await createSandboxAccount(prisma, user.id);
  return { kind: "user", userId: user.id, address: null, userAgent: null };
};
