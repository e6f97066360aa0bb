import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { describeNotices } from "#lib/notices/describe-notices";
import type { Notice } from "#lib/notices/schema";

// Somebody who left an organization is told nothing of it any more, not even what they were told before.
const toOwn = (userId: string, organizationIds: string[]): Prisma.NoticeWhereInput => ({
  userId,
  OR: [{ organizationId: null }, { organizationId: { in: organizationIds } }],
});

async function ownOf(userId: string): Promise<Prisma.NoticeWhereInput> {
  const { prisma } = await database();
  const rows = await prisma.membership.findMany({ where: { userId }, select: { organizationId: true } });
  return toOwn(
    userId,
    rows.map(({ organizationId }) => organizationId),
  );
}

/** What the person was told in the organizations that they are in, newest first, and the total count. */
export const listNotices = async (
  userId: string,
  { skip, take }: { skip: number; take: number },
): Promise<{ count: number; notices: Notice[] }> => {
  const { prisma } = await database();
  const where = await ownOf(userId);
  return prisma.$transaction(async (tx) => {
    const count = await tx.notice.count({ where });
    const rows = await tx.notice.findMany({ where, orderBy: [{ createdAt: "desc" }, { id: "desc" }], skip, take });
    return { count, notices: await describeNotices(tx, rows) };
  });
};

/** The most that the bell counts. */
export const MOST_UNREAD = 100;

/** How many notices the person has not read, up to a hundred. */
export const countUnread = async (userId: string): Promise<number> => {
  const { prisma } = await database();
  return prisma.notice.count({ where: { ...(await ownOf(userId)), readAt: null }, take: MOST_UNREAD });
};

/** Marks the person's notices with these ids as read, or all of them, and returns how many are left, up to a hundred. */
export const markRead = async (userId: string, ids: string[] | undefined): Promise<number> => {
  const { prisma } = await database();
  const where = { userId, readAt: null, ...(ids && { id: { in: ids } }) };
  await prisma.notice.updateMany({ where, data: { readAt: currentMoment() } });
  return countUnread(userId);
};
