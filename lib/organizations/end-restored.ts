import { recordAuditEvent } from "#lib/audit/record-audit-event";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { toRevoked } from "#lib/invitations/revoke-invitations";
import { log, toLogFields } from "#lib/log";
import { lockOrganization } from "#lib/organizations/as-member";
import { endOrganization } from "#lib/organizations/delete-organization";
import { type Ending, type Heir, readEndings } from "#lib/organizations/endings";
import { lockMembership } from "#lib/organizations/lock-membership";
import { endMembership } from "#lib/organizations/remove-member";
import { endUser } from "#lib/users/delete-user";

/**
 * Ends again every membership, organization and account that had ended here but is back because a backup was restored. Runs
 * at the start, before any request is answered. A membership that began after the removal stays.
 */
export const endRestoredMemberships = async (): Promise<void> => {
  const { prisma } = await database();
  let count = 0;
  for (const { at, ended } of await readEndings()) {
    if (await attempt(ended, () => prisma.$transaction((tx) => endAgain(tx, new Date(at), ended)))) count++;
  }
  if (count > 0) log("warn", `A restored backup had undone ${count} removals; they were made again`);
};

async function attempt(ended: Ending, work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    log(
      "error",
      `A restored backup undid a removal that cannot be made again: ${JSON.stringify(ended)}`,
      toLogFields(error),
    );
    return false;
  }
}

async function endAgain(tx: Prisma.TransactionClient, at: Date, ended: Ending): Promise<boolean> {
  if (!("organization_id" in ended)) return endUserAgain(tx, at, ended);
  const { organization_id: organizationId } = ended;
  const exists = await tx.organization.count({ where: { id: organizationId, deletedAt: null } });
  if (exists === 0) return false;
  if ("user_id" in ended) {
    const { user_id: userId, keys, heirs, invitations } = ended;
    await lockOrganization(tx, organizationId);
    const where = { id: { in: invitations }, organizationId, settledAt: null };
    const { count } = await tx.invitation.updateMany({ where, data: toRevoked(null) });
    const since = await tx.membership.count({ where: { organizationId, userId, createdAt: { lt: at } } });
    if (since === 0) return count > 0;
    await appoint(tx, heirs, userId);
    const member = await lockMembership(tx, organizationId, userId);
    await endMembership(tx, { organizationId, member, choice: keys, enderId: null });
    await record(tx, organizationId, { action: "member.removed", details: { user_id: userId, keys, restored: true } });
    return true;
  }
  await lockOrganization(tx, organizationId);
  await endOrganization(tx, organizationId, null);
  await record(tx, organizationId, { action: "organization.deleted", details: { restored: true } });
  return true;
}

// Whoever owned the organization when its owner went does so again, if the backup has only that owner.
async function appoint(tx: Prisma.TransactionClient, heirs: Heir[], userId: string): Promise<void> {
  for (const { organization_id: organizationId, owner_id: ownerId } of heirs) {
    const owners = { organizationId, role: "owner", userId: { not: userId } };
    if ((await tx.membership.count({ where: owners })) > 0) continue;
    await tx.membership.updateMany({ where: { organizationId, userId: ownerId }, data: { role: "owner" } });
  }
}

type UserEnding = Exclude<Ending, { organization_id: string }>;

async function endUserAgain(tx: Prisma.TransactionClient, at: Date, ended: UserEnding): Promise<boolean> {
  const { user_id: userId, heirs } = ended;
  if ((await tx.user.count({ where: { id: userId, createdAt: { lt: at } } })) === 0) return false;
  await appoint(tx, heirs, userId);
  await endUser(tx, userId);
  const operator = { kind: "operator", organizationId: null, userId, address: null, userAgent: null } as const;
  await recordAuditEvent(tx, operator, { action: "user.deleted", details: { restored: true } });
  return true;
}

function record(
  tx: Prisma.TransactionClient,
  organizationId: string,
  entry: Parameters<typeof recordAuditEvent>[2],
): Promise<void> {
  return recordAuditEvent(tx, { kind: "operator", organizationId, address: null, userAgent: null }, entry);
}
