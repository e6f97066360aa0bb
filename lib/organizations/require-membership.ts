import { createSandboxAccount } from "#lib/accounts/save-connection";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { toAutomaticName } from "#lib/organizations/automatic-name";
import { MAX_OWNED_ORGANIZATIONS, type Membership, roleSchema } from "#lib/organizations/schema";
import { say } from "#lib/problems/problem";

/** What Prisma must read with a session to know its current organization. */
export const MEMBERSHIPS_SELECT = {
  where: { organization: { deletedAt: null } },
  orderBy: [{ createdAt: "asc" }, { organizationId: "asc" }],
  select: { organizationId: true, role: true },
} as const satisfies Prisma.User$membershipsArgs;

/** The chosen membership if it still exists, else the oldest one. Null for a user who belongs to no organization. */
export const toCurrentMembership = (
  memberships: readonly { organizationId: string; role: string }[],
  chosenId: string | null,
): Membership | null => {
  const current = memberships.find(({ organizationId }) => organizationId === chosenId) ?? memberships[0];
  return current ? { organizationId: current.organizationId, role: roleSchema.parse(current.role) } : null;
};

/**
 * The user's oldest membership. Without one, creates an organization of their own, with its sandbox account. Requests at the
 * same time create only one.
 */
export const requireMembership = async (userId: string): Promise<Membership> => {
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    const existing = await tx.membership.findMany({
      ...MEMBERSHIPS_SELECT,
      where: { ...MEMBERSHIPS_SELECT.where, userId },
    });
    return toCurrentMembership(existing, null) ?? createOrganization(tx, userId, toAutomaticName(user), userId);
  });
};

/** The answer to somebody whose account was deleted while their request was under way. */
export const accountGone = (): ApiError => new ApiError("Unauthorized", say("authentication_required"));

/**
 * Locks a user's row until the transaction ends, so that what only one request may create for them is created once. Throws
 * 401 when their account is gone.
 */
export const lockUser = async (tx: Prisma.TransactionClient, userId: string) => {
  await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
  const user = await tx.user.findUnique({ where: { id: userId }, select: { name: true, email: true } });
  if (!user) throw accountGone();
  return user;
};

/**
 * Throws 409 when the user owns as many organizations as anybody may. Otherwise nobody else can make them an owner until the
 * transaction ends. Take it after the locks on organizations and memberships.
 */
export const requireRoomToOwn = async (
  tx: Prisma.TransactionClient,
  userId: string,
  code: "organization_limit" | "owner_limit",
): Promise<void> => {
  await lockUser(tx, userId);
  const owned = await tx.membership.count({ where: { userId, role: "owner", organization: { deletedAt: null } } });
  if (owned < MAX_OWNED_ORGANIZATIONS) return;
  throw new ApiError("LimitReached", say(code, { most: MAX_OWNED_ORGANIZATIONS }));
};

/** Creates an organization with its sandbox account and one owner. An automatic name is somebody's. */
export const createOrganization = async (
  tx: Prisma.TransactionClient,
  ownerId: string,
  name: string,
  namedAfterId: string | null = null,
): Promise<Membership> => {
  const { id: organizationId } = await tx.organization.create({ data: { name, namedAfterId }, select: { id: true } });
  await tx.membership.create({ data: { organizationId, userId: ownerId, role: "owner" } });
  await createSandboxAccount(tx, organizationId);
  return { organizationId, role: "owner" };
};
