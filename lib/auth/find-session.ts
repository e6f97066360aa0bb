import { hashSessionToken } from "#lib/auth/hash-session-token";
import { touchSession } from "#lib/auth/touch-session";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";

/** A signed-in browser and whom it belongs to. */
export type CurrentSession = {
  sessionId: string;
  expiresAt: Date;
  user: { id: string; email: string; name: string | null; picture: string | null };
};

/**
 * The session that the token belongs to, read from the database at every call, or null when it ended or expired.
 * Notes that it was seen, without waiting for that.
 */
export const findSession = async (token: string): Promise<CurrentSession | null> => {
  const { urgent } = await database();
  const row = await urgent.session.findFirst({
    where: { tokenHash: hashSessionToken(token), expiresAt: { gt: currentMoment() } },
    select: {
      id: true,
      lastSeenAt: true,
      expiresAt: true,
      user: { select: { id: true, email: true, name: true, picture: true } },
    },
  });
  if (!row) return null;
  touchSession(urgent, row);
  return { sessionId: row.id, expiresAt: row.expiresAt, user: row.user };
};
