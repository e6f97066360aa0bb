import { database } from "#lib/db/database";
import { toMoment } from "#lib/db/sql-values";
import { type Member, memberSchema } from "#lib/organizations/schema";

type Row = {
  id: string;
  name: string | null;
  email: string;
  picture: string | null;
  role: string;
  liveKeys: number;
  joinedAt: Date;
};

/** The organization's members in the order in which they joined, and the total count. */
export const listMembers = async (
  organizationId: string,
  { skip, take }: { skip: number; take: number },
): Promise<{ count: number; members: Member[] }> => {
  const { prisma } = await database();
  const [count, rows] = await prisma.$transaction([
    prisma.membership.count({ where: { organizationId } }),
    prisma.$queryRaw<Row[]>`
      SELECT u.id, u.name, u.email, u.picture, m.role, m.created_at AS "joinedAt",
             (SELECT count(*)::int FROM api_keys k
              WHERE k.organization_id = m.organization_id AND k.created_by_id = m.user_id AND k.revoked_at IS NULL
                AND k.disabled_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())) AS "liveKeys"
      FROM memberships m JOIN users u ON u.id = m.user_id
      WHERE m.organization_id = ${organizationId}::uuid
      ORDER BY m.created_at, m.user_id LIMIT ${take} OFFSET ${skip}`,
  ]);
  return { count, members: rows.map(toMember) };
};

/** How many members the organization has. */
export const countMembers = async (organizationId: string): Promise<number> => {
  const { prisma } = await database();
  return prisma.membership.count({ where: { organizationId } });
};

function toMember({ liveKeys, joinedAt, ...row }: Row): Member {
  return memberSchema.parse({ ...row, live_keys: liveKeys, joined_at: toMoment(joinedAt) });
}
