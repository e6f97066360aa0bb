import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { UserActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { toAddressKey } from "#lib/organizations/address-key";
import { lockOrganization } from "#lib/organizations/as-member";
import { type Ended, endOrganization, finishEnding } from "#lib/organizations/delete-organization";
import { noteEndings } from "#lib/organizations/endings";
import { lockMembership } from "#lib/organizations/lock-membership";
import { endMembership } from "#lib/organizations/remove-member";
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
  const ended = await urgent.$transaction(async (tx) => {
    const { email } = await tx.user.findUniqueOrThrow({ where: { id: actor.userId }, select: { email: true } });
    if (trimPasted(typedEmail).toLowerCase() !== email.toLowerCase()) {
      const problem = say("user_email_other");
      throw new ApiError("InvalidRequest", problem, { at: "email", fields: { email: [problem] } });
    }
    const ended = await endUser(tx, actor.userId);
    await recordAuditEvent(tx, { ...actor, address: null, userAgent: null }, { action: "user.deleted" });
    return ended;
  });
  await finishEnding(at, ended);
  await noteEndings(at, [{ user_id: actor.userId }]);
};

/** Ends an account in a transaction: its organizations of one, its other memberships, its sessions and its row. */
export const endUser = async (tx: Prisma.TransactionClient, userId: string): Promise<Ended[]> => {
  const memberships = await lockOrganizationsOf(tx, userId);
  const email = await lockForGood(tx, userId, memberships.length);
  await requireNoOwnerIsMissing(tx, userId);
  const ended: Ended[] = [];
  for (const { organizationId, isAlone } of memberships) {
    if (isAlone) {
      ended.push(await endOrganization(tx, organizationId, null));
      continue;
    }
    const member = await lockMembership(tx, organizationId, userId);
    await endMembership(tx, { organizationId, member, choice: "disable", enderId: null });
  }
  await tx.invitation.deleteMany({ where: { addressKey: toAddressKey(email) ?? "" } });
  await tx.user.delete({ where: { id: userId } });
  return ended;
};

// From here on nothing new can refer to the user. An organization that they joined after the first look is not locked.
async function lockForGood(tx: Prisma.TransactionClient, userId: string, known: number): Promise<string> {
  const [user] = await tx.$queryRaw<{ email: string }[]>`SELECT email FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
  const now = await tx.membership.count({ where: { userId, organization: { deletedAt: null } } });
  if (!user || now !== known) throw new ApiError("InvalidState", say("user_joined_meanwhile"));
  return user.email;
}

// In the order of ids, so that two such transactions cannot deadlock.
async function lockOrganizationsOf(tx: Prisma.TransactionClient, userId: string) {
  const where = { userId, organization: { deletedAt: null } };
  const rows = await tx.membership.findMany({
    where,
    orderBy: { organizationId: "asc" },
    select: { organizationId: true },
  });
  const memberships: { organizationId: string; isAlone: boolean }[] = [];
  for (const { organizationId } of rows) {
    await lockOrganization(tx, organizationId);
    memberships.push({ organizationId, isAlone: (await tx.membership.count({ where: { organizationId } })) === 1 });
  }
  return memberships;
}

async function requireNoOwnerIsMissing(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  const owned = await tx.organization.findMany({
    where: {
      deletedAt: null,
      memberships: {
        some: { userId, role: "owner" },
        none: { userId: { not: userId }, role: "owner" },
      },
      AND: { memberships: { some: { userId: { not: userId } } } },
    },
    select: { id: true, name: true },
    orderBy: { id: "asc" },
  });
  if (owned.length === 0) return;
  const names = owned.map(({ name }) => name).join(", ");
  throw new ApiError("InvalidState", say("user_last_owner", { names }), { members: { organizations: owned } });
}
