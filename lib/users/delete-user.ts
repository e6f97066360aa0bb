import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { UserActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { takeTurnAtKeys } from "#lib/keys/end-key";
import { toAddressKey } from "#lib/organizations/address-key";
import { lockOrganization } from "#lib/organizations/as-member";
import { renameAfterOwners } from "#lib/organizations/automatic-name";
import { type Ended, endOrganization, finishEnding } from "#lib/organizations/delete-organization";
import { type Heir, noteEndings } from "#lib/organizations/endings";
import { listLastOwned } from "#lib/organizations/list-organizations";
import { type LockedMembership, lockMembership } from "#lib/organizations/lock-membership";
import { endMembership } from "#lib/organizations/remove-member";
import { accountGone } from "#lib/organizations/require-membership";
import { trimPasted } from "#lib/pasted/schema";
import { say } from "#lib/problems/problem";

/**
 * Deletes the person's account. Organizations without other members go with it, in the others they leave and their keys are
 * disabled, and all their sessions end. Throws 400 unless their address was typed as it is, and 409 naming the organizations
 * whose last owner they are among other members.
 */
export const deleteUser = async (actor: UserActor, typedEmail: string): Promise<void> => {
  const { urgent } = await database();
  const at = currentMoment();
  const { ended, heirs } = await urgent.$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { id: actor.userId }, select: { email: true } });
    if (!user) throw accountGone();
    if (trimPasted(typedEmail).toLowerCase() !== user.email.toLowerCase()) {
      const problem = say("user_email_other");
      throw new ApiError("InvalidRequest", problem, { at: "email", fields: { email: [problem] } });
    }
    const gone = await endUser(tx, actor.userId);
    await recordAuditEvent(tx, { ...actor, address: null, userAgent: null }, { action: "user.deleted" });
    return gone;
  });
  await finishEnding(at, ended);
  await noteEndings(at, [{ user_id: actor.userId, heirs }]);
};

/** The organizations that ended with an account, and who owns those that it had owned among others. */
type UserEnded = { ended: Ended[]; heirs: Heir[] };

/** Ends an account in a transaction: its organizations of one, its other memberships, its sessions and its row. */
export const endUser = async (tx: Prisma.TransactionClient, userId: string): Promise<UserEnded> => {
  const memberships = await lockMembershipsOf(tx, userId);
  await lockKeysOf(tx, userId, memberships);
  const email = await lockForGood(tx, userId, memberships.length);
  await requireNoOwnerIsMissing(tx, userId);
  const ended: Ended[] = [];
  const heirs: Heir[] = [];
  for (const { organizationId, member, isAlone } of memberships) {
    if (isAlone) ended.push(await endOrganization(tx, organizationId, null));
    else heirs.push(...(await endMembership(tx, { organizationId, member, choice: "disable", enderId: null })).heirs);
  }
  await renameAfterOwners(tx, userId);
  // Those that they answered under an earlier address, too.
  const answered = { settledById: userId, outcome: { in: ["accepted", "declined"] } };
  await tx.invitation.deleteMany({ where: { OR: [{ addressKey: toAddressKey(email) ?? "" }, answered] } });
  await tx.user.delete({ where: { id: userId } });
  return { ended, heirs };
};

// From here on nothing new can refer to the user. An organization that they joined after the first look is not locked.
async function lockForGood(tx: Prisma.TransactionClient, userId: string, known: number): Promise<string> {
  const [user] = await tx.$queryRaw<{ email: string }[]>`SELECT email FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
  const now = await tx.membership.count({ where: { userId, organization: { deletedAt: null } } });
  if (!user || now !== known) throw changedMeanwhile();
  return user.email;
}

function changedMeanwhile(): ApiError {
  return new ApiError("InvalidState", say("user_joined_meanwhile"));
}

type Locked = { organizationId: string; member: LockedMembership; isAlone: boolean };

// Before the user's row, because whoever writes as a member has their membership first and refers to their row later. All
// organizations, also those that the user has left and that still have their name, come before all memberships, each in the
// order of ids.
async function lockMembershipsOf(tx: Prisma.TransactionClient, userId: string): Promise<Locked[]> {
  const organizations = await tx.organization.findMany({
    where: { deletedAt: null, OR: [{ memberships: { some: { userId } } }, { namedAfterId: userId }] },
    orderBy: { id: "asc" },
    select: { id: true, memberships: { where: { userId } } },
  });
  const unlessGone = (error: unknown) => {
    throw error instanceof ApiError && error.code === "NotFound" ? changedMeanwhile() : error;
  };
  for (const { id } of organizations) await lockOrganization(tx, id).catch(unlessGone);
  const locked: Locked[] = [];
  for (const { id: organizationId, memberships } of organizations) {
    if (memberships.length === 0) continue;
    const member = await lockMembership(tx, organizationId, userId).catch(unlessGone);
    const isAlone = (await tx.membership.count({ where: { organizationId } })) === 1;
    locked.push({ organizationId, member, isAlone });
  }
  return locked;
}

// All at once, in one order for everybody: those of the organizations that end, and those that lose their maker.
async function lockKeysOf(tx: Prisma.TransactionClient, userId: string, memberships: Locked[]): Promise<void> {
  const ending = memberships.filter(({ isAlone }) => isAlone).map(({ organizationId }) => organizationId);
  const where = { OR: [{ organizationId: { in: ending }, revokedAt: null }, { createdById: userId }] };
  const keys = await tx.apiKey.findMany({ where, select: { id: true } });
  if (keys.length === 0) return;
  await takeTurnAtKeys(
    tx,
    keys.map(({ id }) => id),
  );
}

async function requireNoOwnerIsMissing(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  const owned = await listLastOwned(userId, tx);
  if (owned.length === 0) return;
  const names = owned.map(({ name }) => name).join(", ");
  throw new ApiError("InvalidState", say("user_last_owner", { names }), { members: { organizations: owned } });
}
