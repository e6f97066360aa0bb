import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { MemberActor } from "#lib/audit/schema";
import { revokeInvitationsFrom } from "#lib/invitations/revoke-invitations";
import { asMember } from "#lib/organizations/as-member";
import { lockMembership, requireOtherOwner } from "#lib/organizations/lock-membership";
import { requireRoomToOwn } from "#lib/organizations/require-membership";
import type { Role } from "#lib/organizations/schema";

/**
 * Gives a member another role. Their keys stay, and their open invitations that the new role could not send are revoked. Only
 * owners may, and the last one stays an owner: 409.
 */
export const changeRole = async (actor: MemberActor, userId: string | undefined, role: Role): Promise<void> => {
  const { organizationId } = actor;
  await asMember(
    actor,
    "members.appoint",
    async (tx) => {
      const target = await lockMembership(tx, organizationId, userId);
      if (target.role === role) return;
      if (target.role === "owner") await requireOtherOwner(tx, organizationId, target.userId);
      if (role === "owner") await requireRoomToOwn(tx, target.userId, "owner_limit");
      const where = { organizationId_userId: { organizationId, userId: target.userId } };
      await tx.membership.update({ where, data: { role } });
      await revokeInvitationsFrom(tx, { organizationId, userId: target.userId, role, revokerId: actor.userId });
      const details = { user_id: target.userId, from: target.role, to: role };
      await recordAuditEvent(tx, actor, { action: "member.role_changed", details });
    },
    { locks: "organization" },
  );
};
