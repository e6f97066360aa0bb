import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { MemberActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import type { Prisma } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/sql-values";
import { ApiError } from "#lib/errors";
import type { Locale } from "#lib/i18n/schema";
import { INVITATION_INCLUDE, type InvitationRow, toInvitation, toStatus } from "#lib/invitations/list-invitations";
import { mailInvitation } from "#lib/invitations/mail-invitation";
import { toRevoked } from "#lib/invitations/revoke-invitations";
import {
  INVITATION_DAYS,
  INVITATIONS_PER_HOUR,
  type Invitation,
  MAX_OPEN_INVITATIONS,
  type NewInvitation,
} from "#lib/invitations/schema";
import { consumePersonalAttempt } from "#lib/limits/consume-attempt";
import { requireManage } from "#lib/organizations/acts";
import { toAddressKey } from "#lib/organizations/address-key";
import { asMember } from "#lib/organizations/as-member";
import type { Role } from "#lib/organizations/schema";
import { say } from "#lib/problems/problem";

/** An invitation, and whether it is new or an open one that was refreshed. */
type Invited = { invitation: Invitation; isNew: boolean };

/**
 * Invites whoever signs in with an address, or refreshes the open invitation for it. Whether the address has an account here
 * makes no difference. Throws 409 for a member's address and at the limit of open invitations.
 */
export const invite = async (actor: MemberActor, { email, role }: NewInvitation, locale?: Locale): Promise<Invited> => {
  const { organizationId, userId } = actor;
  const addressKey = toAddressKey(email) ?? "";
  await requireInvitingAttempt(userId);
  const send = async (tx: Prisma.TransactionClient, own: Role): Promise<Invited> => {
    requireManage(own, role);
    await requireNoMember(tx, actor, addressKey);
    const open = await tx.invitation.findFirst({ where: { organizationId, addressKey, settledAt: null } });
    if (open) requireManage(own, open.role as Role);
    if (!open || toStatus(open) === "expired") await requireRoom(tx, organizationId);
    const data = { email, role, invitedById: userId, expiresAt: toExpiry(), mailedAt: null, mailError: null };
    const row = open
      ? await tx.invitation.update({ where: { id: open.id }, data, include: INVITATION_INCLUDE })
      : await tx.invitation.create({ data: { ...data, organizationId, addressKey }, include: INVITATION_INCLUDE });
    const action = open ? "invitation.renewed" : "invitation.sent";
    await recordAuditEvent(tx, actor, { action, details: { invitation_id: row.id, role } });
    await mailInvitation(tx, row, locale);
    return { invitation: toInvitation(row), isNew: !open };
  };
  return asMember(actor, "members.invite", send, { locks: "organization" });
};

async function requireInvitingAttempt(userId: string): Promise<void> {
  const limit = { points: INVITATIONS_PER_HOUR, durationSeconds: 3600 };
  const attempt = await consumePersonalAttempt("invitations", userId, limit);
  if (attempt.isAllowed) return;
  throw new ApiError("RateLimitExceeded", say("invitations_rate", { most: INVITATIONS_PER_HOUR }), {
    headers: { "Retry-After": String(attempt.retryAfterSeconds) },
  });
}

async function requireNoMember(tx: Prisma.TransactionClient, actor: MemberActor, addressKey: string): Promise<void> {
  const { organizationId, userId } = actor;
  const where = { organizationId };
  const members = await tx.membership.findMany({ where, select: { userId: true, user: { select: { email: true } } } });
  const member = members.find(({ user }) => toAddressKey(user.email) === addressKey);
  if (!member) return;
  throw new ApiError("InvalidState", say(member.userId === userId ? "invitation_to_oneself" : "invitation_to_member"));
}

// Expired ones do not count, so that they never stand in the way of a new one.
async function requireRoom(tx: Prisma.TransactionClient, organizationId: string): Promise<void> {
  const where = { organizationId, settledAt: null, expiresAt: { gt: currentMoment() } };
  if ((await tx.invitation.count({ where })) < MAX_OPEN_INVITATIONS) return;
  throw new ApiError("LimitReached", say("invitation_limit", { most: MAX_OPEN_INVITATIONS }));
}

function toExpiry(): Date {
  return new Date(currentMoment().getTime() + INVITATION_DAYS * 86_400_000);
}

/** Makes an open invitation, expired or not, last for another fourteen days, with the actor as its sender. */
export const renewInvitation = async (
  actor: MemberActor,
  id: string | undefined,
  locale?: Locale,
): Promise<Invitation> => {
  await requireInvitingAttempt(actor.userId);
  const data = { invitedById: actor.userId, expiresAt: toExpiry(), mailedAt: null, mailError: null };
  return changeOpen(actor, id, "invitation.renewed", data, (tx, row) => mailInvitation(tx, row, locale));
};

/** Revokes an open invitation. When this returns, it cannot be accepted. */
export const revokeInvitation = async (actor: MemberActor, id: string | undefined): Promise<Invitation> =>
  changeOpen(actor, id, "invitation.revoked", toRevoked(actor.userId));

const SETTLED = {
  accepted: say("invitation_accepted"),
  declined: say("invitation_declined"),
  revoked: say("invitation_revoked"),
};

async function changeOpen(
  actor: MemberActor,
  id: string | undefined,
  action: "invitation.renewed" | "invitation.revoked",
  data: Prisma.InvitationUncheckedUpdateInput,
  also?: (tx: Prisma.TransactionClient, row: InvitationRow) => Promise<void>,
): Promise<Invitation> {
  const { organizationId } = actor;
  const change = async (tx: Prisma.TransactionClient, own: Role): Promise<Invitation> => {
    const found = isUuid(id) ? await tx.invitation.findFirst({ where: { id, organizationId } }) : null;
    if (!found) throw invitationNotFound();
    requireManage(own, found.role as Role);
    const status = toStatus(found);
    if (status !== "pending" && status !== "expired") throw new ApiError("InvalidState", SETTLED[status]);
    if (action === "invitation.renewed" && status === "expired") await requireRoom(tx, organizationId);
    const row = await tx.invitation.update({ where: { id: found.id }, data, include: INVITATION_INCLUDE });
    await recordAuditEvent(tx, actor, { action, details: { invitation_id: row.id, role: row.role } });
    await also?.(tx, row);
    return toInvitation(row);
  };
  return asMember(actor, "members.invite", change, { locks: "organization" });
}

/** The same 404 for every invitation that one may not see, whether or not it exists. */
export const invitationNotFound = (): ApiError => new ApiError("NotFound", say("invitation_not_found"));
