import type { UserActor } from "#lib/audit/schema";
import type { Visitor } from "#lib/auth/read-visitor";

/** The visitor as who they are, for the log of what they do. */
export const toUserActor = (visitor: Visitor, userId: string, sessionId: string): UserActor => ({
  kind: "user",
  userId,
  sessionId,
  address: visitor.ipAddress,
  userAgent: visitor.userAgent,
});
