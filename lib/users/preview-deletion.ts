import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { DeletionPreview } from "#lib/users/schema";

/** What `deleteUser` would end if it ran now. */
export const previewDeletion = async (userId: string): Promise<DeletionPreview> => {
  const { prisma } = await database();
  const others = { userId: { not: userId } };
  const memberships = await prisma.membership.findMany({
    where: { userId, organization: { deletedAt: null } },
    orderBy: [{ createdAt: "asc" }, { organizationId: "asc" }],
    select: {
      role: true,
      organization: {
        select: { id: true, name: true, memberships: { where: others, select: { role: true } } },
      },
    },
  });
  const alone = memberships.filter(({ organization }) => organization.memberships.length === 0);
  const shared = memberships.filter((membership) => !alone.includes(membership));
  const needOwner = shared.filter(
    ({ role, organization }) => role === "owner" && !organization.memberships.some((other) => other.role === "owner"),
  );
  const keys = await prisma.apiKey.count({
    where: {
      OR: [{ organizationId: { in: alone.map(({ organization }) => organization.id) } }, { createdById: userId }],
      ...{ revokedAt: null, disabledAt: null },
      AND: { OR: [{ expiresAt: null }, { expiresAt: { gt: currentMoment() } }] },
    },
  });
  const toNames = (list: typeof memberships) => list.map(({ organization }) => organization.name);
  const left = shared.filter((membership) => !needOwner.includes(membership));
  return { alone: toNames(alone), left: toNames(left), needOwner: toNames(needOwner), keys };
};
