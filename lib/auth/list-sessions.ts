import { type Session, sessionSchema } from "#lib/auth/schema";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import { toMoment } from "#lib/db/to-moment";

/** The user's sessions that still work: the current one first, then the most recently seen. */
export const listSessions = async (userId: string, currentSessionId: string): Promise<Session[]> => {
  const { prisma } = await database();
  const rows = await prisma.session.findMany({
    where: { userId, expiresAt: { gt: currentMoment() } },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
  });
  const sessions = rows.map((row) =>
    sessionSchema.parse({
      id: row.id,
      user_agent: row.userAgent,
      ip_address: row.ipAddress,
      created_at: toMoment(row.createdAt),
      last_seen_at: toMoment(row.lastSeenAt),
      is_current: row.id === currentSessionId,
    }),
  );
  return sessions.sort((one, other) => Number(other.is_current) - Number(one.is_current));
};
