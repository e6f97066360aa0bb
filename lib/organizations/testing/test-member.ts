import { randomUUID } from "node:crypto";
import type { MemberActor } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import { createOrganization } from "#lib/organizations/require-membership";

/**
 * Creates a user with an organization of their own, and returns the user as an actor for that organization. The two ids
 * differ, so that no test passes with one in the other's place.
 */
export const createMember = async (email = "ada@example.com"): Promise<MemberActor> => {
  const { prisma } = await database();
  const user = await prisma.user.create({ data: { issuer: "tests", subject: randomUUID(), email } });
  const { organizationId } = await createOrganization(prisma, user.id, "Ada");
  return { kind: "user", organizationId, userId: user.id, address: null, userAgent: null };
};
