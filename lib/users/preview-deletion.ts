import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import { listLastOwned } from "#lib/organizations/list-organizations";
import type { DeletionPreview } from "#lib/users/schema";

/** What `deleteUser` would end if it ran now. */
export const previewDeletion = async (userId: string): Promise<DeletionPreview> => {
  const { prisma } = await database();
  const organization = { select: { id: true, name: true, _count: { select: { memberships: true } } } };
  const memberships = await prisma.membership.findMany({
    where: { userId, organization: { deletedAt: null } },
    orderBy: [{ createdAt: "asc" }, { organizationId: "asc" }],
    select: { organization },
  });
  const organizations = memberships.map((membership) => membership.organization);
  const needOwner = await listLastOwned(userId);
  const isAlone = ({ _count }: (typeof organizations)[number]) => _count.memberships === 1;
  const alone = organizations.filter(isAlone).map(toNamed);
  const left = organizations.filter((one) => !isAlone(one) && !needOwner.some(({ id }) => id === one.id)).map(toNamed);
  const keys = await prisma.apiKey.count({
    where: {
      OR: [{ organizationId: { in: alone.map(({ id }) => id) } }, { createdById: userId }],
      ...{ revokedAt: null, disabledAt: null },
      AND: { OR: [{ expiresAt: null }, { expiresAt: { gt: currentMoment() } }] },
    },
  });
  return { alone, left, needOwner, keys };
};

const toNamed = ({ id, name }: { id: string; name: string }) => ({ id, name });
