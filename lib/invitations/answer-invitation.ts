import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { MemberActor, UserActor } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import type { Invitation, Prisma } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/sql-values";
import { ApiError } from "#lib/errors";
import { invitationNotFound } from "#lib/invitations/invite";
import { tellOfMember } from "#lib/notices/tell-of-member";
import { toAddressKey } from "#lib/organizations/address-key";
import { lockOrganization } from "#lib/organizations/as-member";
import { requireRoomToOwn } from "#lib/organizations/require-membership";
import { MAX_MEMBERS, type Membership, roleSchema } from "#lib/organizations/schema";
import { say } from "#lib/problems/problem";

/** A signed-in person, with the address that the identity provider verified. */
type Addressee = { actor: UserActor; email: string };

/**
 * Makes the addressee a member and shows the organization in their session. Accepting again answers the same while they are
 * a member. Throws 404 for everybody else and for an invitation that is not pending, and 409 when the organization is full,
 * in which case it stays pending.
 */
export const acceptInvitation = async (addressee: Addressee, id: string | undefined): Promise<Membership> =>
  settle(addressee, id, async (tx, actor, invitation) => {
    const { organizationId, userId } = actor;
    const where = { organizationId_userId: { organizationId, userId } };
    const existing = await tx.membership.findUnique({ where });
    await requireUser(tx, userId);
    const isSettled = await settleOpen(tx, invitation.id, "accepted", userId);
    if (!isSettled && !(existing && invitation.outcome === "accepted" && invitation.settledById === userId)) {
      throw invitationNotFound();
    }
    const role = roleSchema.parse((existing ?? invitation).role);
    await tx.session.updateMany({ where: { id: actor.sessionId ?? "", userId }, data: { organizationId } });
    if (existing) return { organizationId, role };
    if ((await tx.membership.count({ where: { organizationId } })) >= MAX_MEMBERS) {
      throw new ApiError("LimitReached", say("member_limit", { most: MAX_MEMBERS }));
    }
    if (role === "owner") await requireRoomToOwn(tx, userId, "organization_limit");
    await tx.membership.create({ data: { organizationId, userId, role } });
    const details = { user_id: userId, role, invitation_id: invitation.id };
    await recordAuditEvent(tx, actor, { action: "member.joined", details });
    const kind = "member.joined";
    await tellOfMember(tx, { kind, organizationId, userId, role, step: invitation.id, actorId: userId });
    return { organizationId, role };
  });

/** Declines a pending invitation. Declining again answers the same. Throws 404 as accepting does. */
export const declineInvitation = async (addressee: Addressee, id: string | undefined): Promise<void> =>
  settle(addressee, id, async (tx, actor, invitation) => {
    const isSettled = await settleOpen(tx, invitation.id, "declined", actor.userId);
    if (isSettled) {
      const details = { invitation_id: invitation.id };
      return recordAuditEvent(tx, actor, { action: "invitation.declined", details });
    }
    if (invitation.outcome !== "declined" || invitation.settledById !== actor.userId) throw invitationNotFound();
  });

async function settle<Result>(
  { actor, email }: Addressee,
  id: string | undefined,
  work: (tx: Prisma.TransactionClient, actor: MemberActor, invitation: Invitation) => Promise<Result>,
): Promise<Result> {
  if (!isUuid(id)) throw invitationNotFound();
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    const addressKey = toAddressKey(email) ?? "";
    const where = { id, addressKey, organization: { deletedAt: null } };
    const found = await tx.invitation.findFirst({ where, select: { organizationId: true } });
    if (!found) throw invitationNotFound();
    const { organizationId } = found;
    await lockOrganization(tx, organizationId).catch(() => {
      throw invitationNotFound();
    });
    // Read after the lock, because everything that settles an invitation takes it first.
    const invitation = await tx.invitation.findFirst({ where });
    if (!invitation) throw invitationNotFound();
    return work(tx, { ...actor, organizationId }, invitation);
  });
}

// Whoever deletes their account at the same time has none any more.
async function requireUser(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR KEY SHARE`;
  if (held.length === 0) throw invitationNotFound();
}

// By the database's clock, and only once.
async function settleOpen(
  tx: Prisma.TransactionClient,
  id: string,
  outcome: "accepted" | "declined",
  userId: string,
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE invitations SET outcome = ${outcome}, settled_at = clock_timestamp(), settled_by_id = ${userId}::uuid
    WHERE id = ${id}::uuid AND settled_at IS NULL AND expires_at > clock_timestamp()`;
  return count === 1;
}
