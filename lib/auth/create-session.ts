import { recordAuditEvent } from "#lib/audit/record-audit-event";
import { deleteSession } from "#lib/auth/delete-session";
import { hashSessionToken } from "#lib/auth/hash-session-token";
import type { Visitor } from "#lib/auth/read-visitor";
import { toUserActor } from "#lib/auth/to-user-actor";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";

type NewSession = { token: string; userId: string; expiresAt: Date; visitor: Visitor };

/** Stores a session under its token's hash, and clears away the one it replaces and the user's expired ones. */
export const createSession = async ({ token, userId, expiresAt, visitor }: NewSession): Promise<void> => {
  const { userAgent, ipAddress, previousToken } = visitor;
  const { prisma } = await database();
  await prisma.$transaction(async (tx) => {
    await tx.session.deleteMany({ where: { userId, expiresAt: { lte: currentMoment() } } });
    const ended = previousToken && (await deleteSession(tx, { tokenHash: hashSessionToken(previousToken) }));
    const data = { userId, tokenHash: hashSessionToken(token), userAgent, ipAddress, expiresAt };
    const { id } = await tx.session.create({ data, select: { id: true } });
    const started = { action: "session.started" } as const;
    await recordAuditEvent(tx, toUserActor(visitor, userId, id), ...(ended ? [ended] : []), started);
  });
};
