import { PERSONAL_ACTIONS } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import { toMoment } from "#lib/db/sql-values";
import { getNoticeSettings } from "#lib/notices/notice-settings";
import { toAddressKey } from "#lib/organizations/address-key";
import { partsSchema } from "#lib/posts/schema";
import type { UserExport } from "#lib/users/schema";
import { getUser } from "#lib/users/update-user";

const MOST_POSTS = 10_000;
const MOST_EVENTS = 10_000;

/**
 * Everything that is kept about the person, the newest ten thousand posts and events among it. What belongs to an
 * organization is in it while they are a member.
 */
export const exportUser = async (userId: string): Promise<UserExport> => {
  const { prisma } = await database();
  const user = await getUser(userId);
  const byAge = { createdAt: "desc" } as const;
  const organization = { memberships: { some: { userId } } };
  const { places } = await getNoticeSettings(userId);
  const [memberships, sessions, keys, posts, invitations, events, notices, browsers] = await prisma.$transaction([
    prisma.membership.findMany({ where: { userId }, include: { organization: { select: { name: true } } } }),
    prisma.session.findMany({ where: { userId }, orderBy: byAge }),
    prisma.apiKey.findMany({ where: { createdById: userId, organization }, orderBy: byAge }),
    prisma.post.findMany({ where: { authorId: userId, organization }, orderBy: byAge, take: MOST_POSTS }),
    prisma.invitation.findMany({
      where: { addressKey: toAddressKey(user.email) ?? "" },
      include: { organization: { select: { name: true, memberships: { where: { userId } } } } },
      orderBy: byAge,
    }),
    prisma.auditEvent.findMany({
      where: { ownerId: userId, action: { in: [...PERSONAL_ACTIONS] } },
      orderBy: { seq: "desc" },
      take: MOST_EVENTS,
    }),
    prisma.notice.findMany({ where: { userId }, orderBy: byAge, take: MOST_EVENTS }),
    prisma.knownBrowser.findMany({ where: { userId } }),
  ]);
  return {
    user,
    organizations: memberships.map(({ organizationId: id, organization, role, createdAt }) => ({
      ...{ id, name: organization.name, role },
      joined_at: toMoment(createdAt),
    })),
    sessions: sessions.map(({ id, userAgent, ipAddress, createdAt, lastSeenAt }) => ({
      ...{ id, user_agent: userAgent, ip_address: ipAddress },
      ...{ created_at: toMoment(createdAt), last_seen_at: toMoment(lastSeenAt) },
    })),
    generated_keys: keys.map(({ id, organizationId, name, preview, note, createdAt }) => ({
      ...{ id, organization_id: organizationId, name, key_preview: preview, note },
      created_at: toMoment(createdAt),
    })),
    written_posts: posts.map(({ id, organizationId, status, parts, createdAt }) => ({
      ...{ id, organization_id: organizationId, status },
      text: partsSchema.parse(parts).map(({ text }) => text),
      created_at: toMoment(createdAt),
    })),
    invitations: invitations.map(({ id, organization: { name, memberships }, role, outcome, createdAt }) => ({
      // What an organization is called after it let the person go is none of their business.
      ...{ id, organization: !outcome || memberships.length > 0 ? name : null, role, outcome },
      created_at: toMoment(createdAt),
    })),
    events: events.map(({ at, action, address }) => ({ at: toMoment(at), action, address })),
    notices: notices.map(({ kind, organizationId, createdAt, readAt }) => ({
      ...{ kind, organization_id: organizationId, at: toMoment(createdAt) },
      read_at: readAt && toMoment(readAt),
    })),
    notice_settings: places,
    known_browsers: browsers.map(({ lastSeenAt }) => ({ last_seen_at: toMoment(lastSeenAt) })),
  };
};
