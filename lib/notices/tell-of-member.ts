import type { Prisma } from "#lib/db/generated/client";
import { notify } from "#lib/notices/notify";
import type { Role } from "#lib/organizations/schema";
import { announce } from "#lib/webhooks/announce";

type MemberEvent = {
  kind: "member.joined" | "member.removed";
  organizationId: string;
  userId: string;
  role: Role;
  /** Tells this membership apart from earlier and later ones of the same person. */
  step: string;
  /** Who did it, and so is told nothing new. */
  actorId: string | null;
};

/**
 * Tells the organization's admins and owners, and the subscribed webhooks, that somebody became a member or is none any more,
 * in the transaction in which it happens.
 */
export const tellOfMember = async (
  tx: Prisma.TransactionClient,
  { kind, organizationId, userId, role, step, actorId }: MemberEvent,
): Promise<void> => {
  await notify(tx, { kind, organizationId, subjectId: userId, step, actorId });
  // The stored event may outlive the person's account, so it does not name them.
  await announce(tx, organizationId, kind, async () => ({ organization_id: organizationId, user_id: userId, role }));
};
