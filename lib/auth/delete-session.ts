import type { AuditEntry } from "#lib/audit/schema";
import type { Prisma } from "#lib/db/generated/client";

/** Deletes the one session that matches, and returns what the log has to tell of it; undefined when there is none. */
export const deleteSession = async (
  tx: Prisma.TransactionClient,
  where: { tokenHash: Uint8Array<ArrayBuffer> } | { id: string; userId: string },
): Promise<AuditEntry | undefined> => {
  const session = await tx.session.findFirst({ where, select: { id: true, userId: true, userAgent: true } });
  if (!session) return undefined;
  const { count } = await tx.session.deleteMany({ where: { id: session.id } });
  if (count === 0) return undefined;
  const details = { session_id: session.id, user_agent: session.userAgent };
  return { action: "session.ended", userId: session.userId, details };
};
