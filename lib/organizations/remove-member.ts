import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { MemberActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import type { Prisma } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { listInvitationsOf, revokeInvitationsFrom, revokeInvitationsTo } from "#lib/invitations/revoke-invitations";
import { takeTurnAtKeys } from "#lib/keys/end-key";
import { tellOfMember } from "#lib/notices/tell-of-member";
import { requireManage } from "#lib/organizations/acts";
import { asMember } from "#lib/organizations/as-member";
import { type Heir, noteEndings } from "#lib/organizations/endings";
import { type LockedMembership, lockMembership, requireOtherOwner } from "#lib/organizations/lock-membership";
import type { KeysChoice, KnownKey } from "#lib/organizations/schema";
import { say } from "#lib/problems/problem";

/**
 * Removes a member, or oneself, and returns the ids of the keys that this disabled. When this returns, no later request of
 * theirs sees or changes anything here, no disabled key is accepted, and nothing that either had begun can commit. What they
 * made stays. Throws 409 with their working keys when there are any and no choice is given.
 */
export const removeMember = async (
  actor: MemberActor,
  userId: string | undefined,
  choice: KeysChoice | undefined,
): Promise<string[]> => {
  const { organizationId } = actor;
  const isOneself = userId?.toLowerCase() === actor.userId;
  if (isOneself && choice === "keep") throw new ApiError("Forbidden", say("leave_keeps_no_keys"));
  let at = currentMoment();
  let noted: Pick<MemberEnded, "heirs" | "invitations"> = { heirs: [], invitations: [] };
  const remove = async (tx: Prisma.TransactionClient, role: LockedMembership["role"]) => {
    const member = await lockMembership(tx, organizationId, userId);
    // After the lock, so that it lies between this membership's beginning and that of any later one.
    at = currentMoment();
    if (!isOneself) requireManage(role, member.role);
    const { disabled: ended, ...rest } = await endMembership(tx, {
      ...{ organizationId, member, choice },
      enderId: actor.userId,
    });
    noted = rest;
    const action = isOneself ? "member.left" : "member.removed";
    const details = { user_id: member.userId, keys: choice ?? null, disabled_keys: ended };
    await recordAuditEvent(tx, actor, ...ended.map((keyId) => ({ action: "key.disabled" as const, keyId })), {
      action,
      details,
    });
    return ended;
  };
  const act = isOneself ? "organization.leave" : "members.remove";
  const disabled = await asMember(actor, act, remove, { locks: "organization", isUrgent: true });
  const keys = choice ?? "disable";
  await noteEndings(at, [{ organization_id: organizationId, user_id: userId ?? "", keys, ...noted }]);
  return disabled;
};

type Ending = {
  organizationId: string;
  member: LockedMembership;
  choice: KeysChoice | undefined;
  enderId: string | null;
};

/** The keys that the end of a membership disabled, and what has to be noted of it for restored backups. */
type MemberEnded = { disabled: string[]; heirs: Heir[]; invitations: string[] };

/**
 * Ends a locked membership with everything that depends on it, in the transaction that has locked the organization. Throws
 * 409 for the last owner, and for working keys without a choice.
 */
export const endMembership = async (
  tx: Prisma.TransactionClient,
  { organizationId, member, choice, enderId }: Ending,
): Promise<MemberEnded> => {
  const { userId, email } = member;
  const heir = member.role === "owner" && (await requireOtherOwner(tx, organizationId, userId));
  const known = await lockKnownKeys(tx, organizationId, userId);
  if (known.length > 0 && !choice)
    throw new ApiError("InvalidState", say("member_keys_undecided"), { members: { keys: known } });
  const ids = choice === "disable" ? known.map(({ id }) => id) : [];
  await tx.apiKey.updateMany({ where: { id: { in: ids } }, data: { disabledAt: currentMoment() } });
  await tx.membership.delete({ where: { organizationId_userId: { organizationId, userId } } });
  await tx.notice.deleteMany({ where: { organizationId, userId } });
  const kind = "member.removed";
  const step = currentMoment().toISOString();
  await tellOfMember(tx, { kind, organizationId, userId, role: member.role, step, actorId: enderId });
  await revokeInvitationsFrom(tx, { organizationId, userId, role: null, revokerId: enderId });
  const invitations = await listInvitationsOf(tx, { organizationId, userId, email });
  await revokeInvitationsTo(tx, { organizationId, email, revokerId: enderId });
  await tx.pendingConnection.deleteMany({ where: { organizationId, userId } });
  await tx.session.updateMany({ where: { organizationId, userId }, data: { organizationId: null } });
  return { disabled: ids, heirs: heir ? [{ organization_id: organizationId, owner_id: heir }] : [], invitations };
};

/** The keys that the member generated and that work now. Waits for what any of their keys has begun. */
async function lockKnownKeys(
  tx: Prisma.TransactionClient,
  organizationId: string,
  userId: string,
): Promise<KnownKey[]> {
  const where = { organizationId, createdById: userId, revokedAt: null };
  // Also the disabled ones: somebody may be enabling one at this moment.
  const all = await tx.apiKey.findMany({ where, select: { id: true } });
  if (all.length === 0) return [];
  await takeTurnAtKeys(
    tx,
    all.map(({ id }) => id),
  );
  return tx.$queryRaw<KnownKey[]>`
    SELECT id, name, preview AS key_preview FROM api_keys
    WHERE organization_id = ${organizationId}::uuid AND created_by_id = ${userId}::uuid AND revoked_at IS NULL
      AND disabled_at IS NULL AND (expires_at IS NULL OR expires_at > clock_timestamp())
    ORDER BY id FOR NO KEY UPDATE`;
}
