import { createHash } from "node:crypto";
import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { AuditEntry, UserActor } from "#lib/audit/schema";
import { noteBrowser } from "#lib/auth/known-browsers";
import { toUserActor, type Visitor } from "#lib/auth/read-visitor";
import { type Session, sessionSchema } from "#lib/auth/schema";
import { currentMoment } from "#lib/clock";
import { type Database, database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { isUuid, toMoment } from "#lib/db/sql-values";
import { ApiError } from "#lib/errors";
import { log, toLogFields } from "#lib/log";
import { MEMBERSHIPS_SELECT, toCurrentMembership } from "#lib/organizations/require-membership";
import type { Membership } from "#lib/organizations/schema";
import { say } from "#lib/problems/problem";

/** A signed-in browser and its user. */
export type CurrentSession = {
  sessionId: string;
  expiresAt: Date;
  user: {
    id: string;
    email: string;
    name: string | null;
    picture: string | null;
    /** The language and time zone that they chose, or null for the browser's. */
    locale: string | null;
    timeZone: string | null;
  };
  /** The organization that the session shows. Null for a user who belongs to none yet. */
  membership: Membership | null;
  belongsToSeveral: boolean;
};

/**
 * The session that the token belongs to, or null when it has ended or expired. Reads the database at every call, and records
 * the visit without waiting for the write.
 */
export const findSession = async (token: string): Promise<CurrentSession | null> => {
  const { urgent } = await database();
  const row = await urgent.session.findFirst({
    where: { tokenHash: hashSessionToken(token), expiresAt: { gt: currentMoment() } },
    select: {
      id: true,
      lastSeenAt: true,
      expiresAt: true,
      organizationId: true,
      user: {
        select: {
          ...{ id: true, email: true, name: true, picture: true, locale: true, timeZone: true },
          memberships: MEMBERSHIPS_SELECT,
        },
      },
    },
  });
  if (!row) return null;
  touchSession(urgent, row);
  const { memberships, ...user } = row.user;
  const membership = toCurrentMembership(memberships, row.organizationId);
  const belongsToSeveral = memberships.length > 1;
  return { sessionId: row.id, expiresAt: row.expiresAt, user, membership, belongsToSeveral };
};

type NewSession = { token: string; userId: string; expiresAt: Date; visitor: Visitor };

/** Stores a session under its token's hash. Deletes the session that it replaces and the user's expired ones. */
export const createSession = async ({ token, userId, expiresAt, visitor }: NewSession): Promise<void> => {
  const { userAgent, ipAddress, previousToken, browserId } = visitor;
  const { prisma } = await database();
  await prisma.$transaction(async (tx) => {
    await tx.session.deleteMany({ where: { userId, expiresAt: { lte: currentMoment() } } });
    const ended = previousToken && (await deleteSession(tx, { tokenHash: hashSessionToken(previousToken) }));
    const data = { userId, tokenHash: hashSessionToken(token), userAgent, ipAddress, expiresAt };
    const { id } = await tx.session.create({ data, select: { id: true } });
    if (browserId) await noteBrowser(tx, { userId, sessionId: id, browserId });
    const started = { action: "session.started" } as const;
    await recordAuditEvent(tx, toUserActor(visitor, userId, id), ...(ended ? [ended] : []), started);
  });
};

const LAST_SEEN_RESOLUTION_SECONDS = 60;

/** Records that the session is in use, at most once a minute. Never delays or fails the caller. */
const touchSession = (prisma: Database["prisma"], { id, lastSeenAt }: { id: string; lastSeenAt: Date }): void => {
  const now = currentMoment();
  const stale = new Date(now.getTime() - LAST_SEEN_RESOLUTION_SECONDS * 1000);
  if (lastSeenAt > stale) return;
  prisma.session
    .updateMany({ where: { id, lastSeenAt: { lte: stale } }, data: { lastSeenAt: now } })
    .catch((error) => log("warn", "A session's last use could not be saved", toLogFields(error)));
};

/** The user's active sessions: the current one first, then the most recently used. */
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

/** Ends one of the user's sessions. When this returns, its token is refused. Throws not found for any other id. */
export const endSession = async (actor: UserActor, sessionId: string): Promise<void> => {
  if (!isUuid(sessionId)) throw notFound();
  const { prisma } = await database();
  await prisma.$transaction(async (tx) => {
    const ended = await deleteSession(tx, { id: sessionId, userId: actor.userId });
    if (!ended) throw notFound();
    await recordAuditEvent(tx, actor, ended);
  });
};

function notFound(): ApiError {
  return new ApiError("NotFound", say("session_not_found"));
}

/** Signs the user out everywhere. When this returns, every token of theirs is refused. */
export const endAllSessions = async (actor: UserActor): Promise<void> => {
  const { prisma } = await database();
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { userId: actor.userId } });
    await recordAuditEvent(tx, actor, { action: "session.ended_everywhere", details: { count } });
  });
};

/** Deletes the one matching session and returns its details for the log. Undefined when there is none. */
export const deleteSession = async (
  tx: Prisma.TransactionClient,
  where: { tokenHash: Uint8Array<ArrayBuffer> } | { id: string; userId: string },
): Promise<AuditEntry | undefined> => {
  const session = await tx.session.findFirst({ where, select: { id: true, userId: true, userAgent: true } });
  if (!session) return undefined;
  const { count } = await tx.session.deleteMany({ where: { id: session.id } });
  if (count === 0) return undefined;
  const details = { session_id: session.id, user_agent: session.userAgent };
  return { action: "session.ended", ownerId: session.userId, details };
};

/** The stored form of a session token: its SHA-256. The token has 256 random bits, so it needs no slower hash. */
const hashSessionToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(token).digest());
