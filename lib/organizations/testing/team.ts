import { randomUUID } from "node:crypto";
import type { MemberActor, UserActor } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import { generateKey } from "#lib/keys/generate-key";
import { createOrganization } from "#lib/organizations/require-membership";
import type { Role } from "#lib/organizations/schema";

/** A person, and how they act by themselves. */
export type Person = { id: string; email: string; actor: UserActor };

/** Creates a person who belongs to no organization yet. */
export const createPerson = async (email = `${randomUUID()}@example.com`): Promise<Person> => {
  const { prisma } = await database();
  const { id } = await prisma.user.create({ data: { issuer: "tests", subject: randomUUID(), email } });
  return {
    id,
    email,
    actor: {
      ...{ kind: "user", organizationId: null, userId: id, sessionId: randomUUID() },
      ...{ address: null, userAgent: null },
    },
  };
};

/** How a person acts in an organization. */
export const actIn = ({ actor }: Person, organizationId: string): MemberActor => ({ ...actor, organizationId });

/** Makes a person a member, without an invitation. */
export const join = async (organizationId: string, { id: userId }: Person, role: Role): Promise<void> => {
  const { prisma } = await database();
  await prisma.membership.create({ data: { organizationId, userId, role } });
};

/** An organization with one owner, one admin and one member. Its id is nobody's. */
export type Team = { organizationId: string } & Record<Role, Person>;

/** Creates a team of three new people. */
export const createTeam = async (): Promise<Team> => {
  const { prisma } = await database();
  const [owner, admin, member] = await Promise.all([createPerson(), createPerson(), createPerson()]);
  const { organizationId } = await createOrganization(prisma, owner.id, "Team");
  const [others, roles] = [
    [admin.id, member.id],
    ["admin", "member"],
  ];
  await prisma.$executeRaw`
    INSERT INTO memberships (organization_id, user_id, role)
    SELECT ${organizationId}::uuid, * FROM unnest(${others}::uuid[], ${roles}::text[])`;
  return { organizationId, owner, admin, member };
};

/** Generates a key as this person, with its secret. */
export const generate = async (organizationId: string, person: Person): Promise<{ id: string; secret: string }> => {
  const { id, key } = await generateKey(actIn(person, organizationId), { name: "Production" }, undefined);
  if (!key) throw new Error("The secret is missing.");
  return { id, secret: key };
};

/** The role that somebody has now, or undefined. */
export const roleOf = async (organizationId: string, { id: userId }: Person): Promise<string | undefined> => {
  const { prisma } = await database();
  const where = { organizationId_userId: { organizationId, userId } };
  return (await prisma.membership.findUnique({ where }))?.role;
};
