import type { Prisma } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/sql-values";
import { takeTurn } from "#lib/db/turns";
import { ApiError } from "#lib/errors";
import { membershipTurn } from "#lib/organizations/as-member";
import { type Role, roleSchema } from "#lib/organizations/schema";
import { say } from "#lib/problems/problem";

const TAKE_TURN = `SELECT ${takeTurn(membershipTurn("$1::uuid", "$2::uuid"))}`;

/** A membership whose every change under way has committed and that nobody else can use until the transaction ends. */
export type LockedMembership = { userId: string; role: Role; email: string };

/**
 * Waits for everything that this member has begun here, and keeps them from anything else until the transaction ends. The
 * caller must have locked the organization. Throws 404 for somebody who is no member.
 */
export const lockMembership = async (
  tx: Prisma.TransactionClient,
  organizationId: string,
  userId: string | undefined,
): Promise<LockedMembership> => {
  if (!isUuid(userId)) throw memberNotFound();
  await tx.$executeRawUnsafe(TAKE_TURN, organizationId, userId);
  const [row] = await tx.$queryRaw<{ userId: string; role: string; email: string }[]>`
    SELECT m.user_id AS "userId", m.role, u.email FROM memberships m JOIN users u ON u.id = m.user_id
    WHERE m.organization_id = ${organizationId}::uuid AND m.user_id = ${userId}::uuid FOR UPDATE OF m`;
  if (!row) throw memberNotFound();
  return { ...row, role: roleSchema.parse(row.role) };
};

function memberNotFound(): ApiError {
  return new ApiError("NotFound", say("member_not_found"));
}

/**
 * Somebody else who owns the organization. Throws 409 `InvalidState` when nobody does. The caller must have locked the
 * organization.
 */
export const requireOtherOwner = async (
  tx: Prisma.TransactionClient,
  organizationId: string,
  userId: string,
): Promise<string> => {
  const where = { organizationId, role: "owner", userId: { not: userId } };
  const other = await tx.membership.findFirst({ where, orderBy: { createdAt: "asc" }, select: { userId: true } });
  if (!other) throw new ApiError("InvalidState", say("last_owner"));
  return other.userId;
};
