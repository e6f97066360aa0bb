import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/sql-values";
import { organizationNotFound } from "#lib/organizations/as-member";
import { type Organization, organizationSchema } from "#lib/organizations/schema";

type Range = { skip?: number; take?: number };

/** The user's organizations in the order in which they joined, and the total count. */
export const listOrganizations = async (
  userId: string,
  currentId: string | null,
  range: Range = {},
): Promise<{ count: number; organizations: Organization[] }> => {
  const { prisma } = await database();
  const where = { userId, organization: { deletedAt: null } };
  const [count, rows] = await prisma.$transaction([
    prisma.membership.count({ where }),
    prisma.membership.findMany({
      where,
      include: { organization: { include: { _count: { select: { memberships: true } } } } },
      orderBy: [{ createdAt: "asc" }, { organizationId: "asc" }],
      ...range,
    }),
  ]);
  const organizations = rows.map(({ role, organization }) =>
    organizationSchema.parse({
      id: organization.id,
      name: organization.name,
      role,
      members_count: organization._count.memberships,
      is_current: organization.id === currentId,
      created_at: toMoment(organization.createdAt),
    }),
  );
  return { count, organizations };
};

/** The organizations whose last owner the user is among other members. */
export const listLastOwned = async (
  userId: string,
  tx?: Prisma.TransactionClient,
): Promise<{ id: string; name: string }[]> =>
  (tx ?? (await database()).prisma).organization.findMany({
    where: {
      deletedAt: null,
      memberships: {
        some: { userId, role: "owner" },
        none: { userId: { not: userId }, role: "owner" },
      },
      AND: { memberships: { some: { userId: { not: userId } } } },
    },
    select: { id: true, name: true },
    orderBy: { id: "asc" },
  });

/** One of the user's organizations. Throws 404. */
export const getOrganization = async (
  userId: string,
  organizationId: string,
  currentId: string | null,
): Promise<Organization> => {
  const { organizations } = await listOrganizations(userId, currentId);
  const found = organizations.find(({ id }) => id === organizationId);
  if (!found) throw organizationNotFound();
  return found;
};
