import { currentMoment } from "#lib/clock";
import type { Prisma } from "#lib/db/generated/client";
import { mayAct, mayManage } from "#lib/organizations/acts";
import { toAddressKey } from "#lib/organizations/address-key";
import { ROLES, type Role } from "#lib/organizations/schema";

type From = { organizationId: string; userId: string; role: Role | null; revokerId: string | null };

/**
 * Revokes the open invitations of a sender who could not send them any more with this role, or without one. The caller must
 * have locked the organization.
 */
export const revokeInvitationsFrom = async (
  tx: Prisma.TransactionClient,
  { organizationId, userId, role, revokerId }: From,
): Promise<void> => {
  const allowed = role && mayAct(role, "members.invite") ? ROLES.filter((given) => mayManage(role, given)) : [];
  const where = { organizationId, invitedById: userId, settledAt: null, role: { notIn: allowed } };
  await tx.invitation.updateMany({ where, data: toRevoked(revokerId) });
};

type To = { organizationId: string; email: string; revokerId: string | null };

/** Revokes the open invitation to an address. The caller must have locked the organization. */
export const revokeInvitationsTo = async (
  tx: Prisma.TransactionClient,
  { organizationId, email, revokerId }: To,
): Promise<void> => {
  const addressKey = toAddressKey(email) ?? "";
  await tx.invitation.updateMany({
    where: { organizationId, addressKey, settledAt: null },
    data: toRevoked(revokerId),
  });
};

type Of = { organizationId: string; userId: string; email: string };

/** The ids of the invitations that a person accepted in the organization, or could accept now. */
export const listInvitationsOf = async (
  tx: Prisma.TransactionClient,
  { organizationId, userId, email }: Of,
): Promise<string[]> => {
  const open = { addressKey: toAddressKey(email) ?? "", settledAt: null };
  const accepted = { settledById: userId, outcome: "accepted" };
  const where = { organizationId, OR: [open, accepted] };
  return (await tx.invitation.findMany({ where, select: { id: true } })).map(({ id }) => id);
};

/** The columns of an invitation that somebody, or the end of an account, has revoked now. */
export const toRevoked = (revokerId: string | null) => ({
  outcome: "revoked",
  settledAt: currentMoment(),
  settledById: revokerId,
});
