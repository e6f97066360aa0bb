import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { UserActor } from "#lib/audit/schema";
import { database } from "#lib/db/database";

/** Signs the user out everywhere: every token of theirs is refused from now on. */
export const endAllSessions = async (actor: UserActor): Promise<void> => {
  const { prisma } = await database();
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { userId: actor.userId } });
    await recordAuditEvent(tx, actor, { action: "session.ended_everywhere", details: { count } });
  });
};
