import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { UserActor } from "#lib/audit/schema";
import { deleteSession } from "#lib/auth/delete-session";
import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import { ApiError } from "#lib/errors";
import { say } from "#lib/problems/problem";

/** Ends one of the user's sessions: its token is refused from now on. Throws not found for any other id. */
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
