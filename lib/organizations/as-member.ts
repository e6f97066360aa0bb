import type { MemberActor } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { shareTurn } from "#lib/db/turns";
import { ApiError } from "#lib/errors";
import { type Act, requireAct } from "#lib/organizations/acts";
import { type Role, roleSchema } from "#lib/organizations/schema";
import { say } from "#lib/problems/problem";

type Options = {
  /** Locks the organization's row first, so that its limits hold and its members stay the same. */
  locks?: "organization";
  /** Uses the connections that are kept free for changes which cannot wait. */
  isUrgent?: boolean;
};

/**
 * Runs a member's change in one transaction, in which their membership and role hold until the end. Throws 404 for somebody
 * who is not a member any more, and 403 for a role that may not do this. Everything that a session changes in an organization
 * goes through here, so nothing of a removed member can commit after the removal.
 */
export const asMember = async <Result>(
  actor: MemberActor,
  act: Act,
  work: (tx: Prisma.TransactionClient, role: Role) => Promise<Result>,
  { locks, isUrgent = false }: Options = {},
): Promise<Result> => {
  const { prisma, urgent } = await database();
  return (isUrgent ? urgent : prisma).$transaction(async (tx) => {
    if (locks) await lockOrganization(tx, actor.organizationId);
    return work(tx, await holdMembership(tx, actor, act));
  });
};

/**
 * Locks an organization's row until the transaction ends. Always the first lock of a transaction. Throws 404 when it has been
 * deleted.
 */
export const lockOrganization = async (tx: Prisma.TransactionClient, organizationId: string): Promise<void> => {
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM organizations WHERE id = ${organizationId}::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`;
  if (locked.length === 0) throw organizationNotFound();
};

/** The same 404 for every organization that one does not belong to, whether or not it exists. */
export const organizationNotFound = (): ApiError => new ApiError("NotFound", say("organization_not_found"));

/** SQL for the turn at a membership, from expressions for both of its ids. */
export const membershipTurn = (organizationId: string, userId: string): string =>
  `(${organizationId})::text || (${userId})::text`;

// After waiting for its turn, FOR SHARE reads the row as it is now.
const HOLD_MEMBERSHIP = `
  WITH turn AS MATERIALIZED (SELECT ${shareTurn(membershipTurn("$1::uuid", "$2::uuid"))})
  SELECT role FROM turn, memberships WHERE organization_id = $1::uuid AND user_id = $2::uuid FOR SHARE OF memberships`;

/** Keeps the membership as it is until the transaction ends, and returns its role. Throws as `asMember` does. */
export const holdMembership = async (
  tx: Prisma.TransactionClient,
  { organizationId, userId }: Pick<MemberActor, "organizationId" | "userId">,
  act: Act,
): Promise<Role> => {
  const [membership] = await tx.$queryRawUnsafe<{ role: string }[]>(HOLD_MEMBERSHIP, organizationId, userId);
  if (!membership) throw organizationNotFound();
  const role = roleSchema.parse(membership.role);
  requireAct(role, act);
  return role;
};
