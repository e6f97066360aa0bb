import { randomUUID } from "node:crypto";
import type { MemberActor } from "#lib/audit/schema";
import { type Database, useMemoryDatabase } from "#lib/db/database";
import { createOrganization } from "#lib/organizations/require-membership";
import { useTestKey } from "#lib/testing/process-state";

/** An empty in-memory database and a key for its credentials. */
export const useAccountsDatabase = async (): Promise<Database> => {
  useTestKey();
  return useMemoryDatabase();
};

/** Creates a user with an organization of their own and returns them as an actor for the audit log. */
export const createActor = async ({ prisma }: Database): Promise<MemberActor> => {
  const user = await prisma.user.create({ data: { issuer: "tests", subject: randomUUID(), email: "ada@example.com" } });
  const { organizationId } = await createOrganization(prisma, user.id, "Ada");
  return { kind: "user", organizationId, userId: user.id, address: null, userAgent: null };
};
