import { revokeCredential } from "#lib/accounts/disconnect-account";
import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { MemberActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import type { Prisma, SocialAccount } from "#lib/db/generated/client";
import { takeTurn } from "#lib/db/turns";
import { ApiError } from "#lib/errors";
import { toRevoked } from "#lib/invitations/revoke-invitations";
import { noteDeadKeys } from "#lib/keys/dead-keys";
import { takeTurnAtKeys } from "#lib/keys/end-key";
import { asMember } from "#lib/organizations/as-member";
import { noteEndings } from "#lib/organizations/endings";
import { lockMembership } from "#lib/organizations/lock-membership";
import { trimPasted } from "#lib/pasted/schema";
import { WAITING_STATUSES } from "#lib/posts/schema";
import { say } from "#lib/problems/problem";

/**
 * Deletes the organization for good. When this returns, its keys are refused, nothing of it is published any more, its
 * credentials are erased and nobody is a member. Throws 400 unless the name was typed as it is.
 */
export const deleteOrganization = async (actor: MemberActor, typedName: string): Promise<void> => {
  const at = currentMoment();
  const remove = async (tx: Prisma.TransactionClient): Promise<Ended> => {
    const { name } = await tx.organization.findUniqueOrThrow({ where: { id: actor.organizationId } });
    if (trimPasted(typedName.normalize("NFC")) !== name) {
      const problem = say("organization_name_other");
      throw new ApiError("InvalidRequest", problem, { at: "name", fields: { name: [problem] } });
    }
    const ended = await endOrganization(tx, actor.organizationId, actor.userId);
    await recordAuditEvent(tx, actor, { action: "organization.deleted" });
    return ended;
  };
  const ended = await asMember(actor, "organization.delete", remove, { locks: "organization", isUrgent: true });
  await finishEnding(at, [ended]);
};

/** What is left to do outside the database after an organization has ended. */
export type Ended = { organizationId: string; keyIds: string[]; accounts: SocialAccount[] };

/** Ends an organization with everything in it, in the transaction that has locked it. */
export const endOrganization = async (
  tx: Prisma.TransactionClient,
  organizationId: string,
  enderId: string | null,
): Promise<Ended> => {
  const where = { organizationId };
  const members = await tx.membership.findMany({ where, select: { userId: true }, orderBy: { userId: "asc" } });
  for (const { userId } of members) await lockMembership(tx, organizationId, userId);
  const keys = await tx.apiKey.findMany({ where: { organizationId, revokedAt: null }, select: { id: true } });
  const keyIds = keys.map(({ id }) => id);
  if (keyIds.length > 0) await takeTurnAtKeys(tx, keyIds);
  const accounts = await lockAccounts(tx, organizationId);
  const now = currentMoment();
  await tx.apiKey.updateMany({ where: { organizationId, revokedAt: null }, data: { revokedAt: now } });
  // Whoever is publishing one of them at this moment loses the claim, and sends no further part.
  const unpublished = { organizationId, status: { in: [...WAITING_STATUSES, "publishing"] } };
  await tx.post.updateMany({ where: unpublished, data: { status: "cancelled", wakeAt: null, claimId: null } });
  const disconnected = { credential: null, refreshingUntil: null, disconnectedAt: now, updatedAt: now };
  await tx.socialAccount.updateMany({ where: { organizationId, disconnectedAt: null }, data: disconnected });
  await tx.webhookEndpoint.deleteMany({ where });
  await tx.pendingConnection.deleteMany({ where });
  await tx.invitation.updateMany({ where: { organizationId, settledAt: null }, data: toRevoked(enderId) });
  await tx.session.updateMany({ where, data: { organizationId: null } });
  await tx.membership.deleteMany({ where });
  // Its name may be a person's.
  await tx.organization.update({
    where: { id: organizationId },
    data: { deletedAt: now, name: "", namedAfterId: null },
  });
  return { organizationId, keyIds, accounts };
};

const TAKE_TURNS = `
  SELECT ${takeTurn("id")} FROM (
    SELECT id FROM social_accounts WHERE organization_id = $1::uuid AND disconnected_at IS NULL ORDER BY id
  ) AS ending`;

async function lockAccounts(tx: Prisma.TransactionClient, organizationId: string): Promise<SocialAccount[]> {
  await tx.$executeRawUnsafe(TAKE_TURNS, organizationId);
  return tx.socialAccount.findMany({ where: { organizationId, disconnectedAt: null } });
}

/** Records the ended organizations outside the database and tells their networks. Never throws. */
export const finishEnding = async (at: Date, ended: Ended[]): Promise<void> => {
  await noteDeadKeys(
    ended.flatMap(({ keyIds }) => keyIds),
    "deleted",
  );
  await noteEndings(
    at,
    ended.map(({ organizationId }) => ({ organization_id: organizationId })),
  );
  // Not awaited: the accounts are disconnected here, whatever the networks answer.
  for (const account of ended.flatMap(({ accounts }) => accounts)) void revokeCredential(account);
};
