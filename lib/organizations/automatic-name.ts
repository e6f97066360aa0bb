import type { Prisma } from "#lib/db/generated/client";
import { MAX_NAME_LENGTH } from "#lib/keys/schema";

/** The name of an organization that nobody has named: the one of a person in it, or what their address begins with. */
export const toAutomaticName = ({ name, email }: { name: string | null; email: string }): string =>
  [...(name?.trim() || email.split("@")[0] || email)].slice(0, MAX_NAME_LENGTH).join("");

/**
 * Gives the organizations that have this person's name the name of the owner who has been there longest. The caller must have
 * locked them, and ended the person's own memberships.
 */
export const renameAfterOwners = async (tx: Prisma.TransactionClient, userId: string): Promise<void> => {
  const organizations = await tx.organization.findMany({
    where: { namedAfterId: userId },
    select: {
      id: true,
      memberships: {
        where: { role: "owner" },
        orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
        take: 1,
        select: { user: { select: { id: true, name: true, email: true } } },
      },
    },
  });
  for (const { id, memberships } of organizations) {
    const owner = memberships[0]?.user;
    const data = { name: owner ? toAutomaticName(owner) : "", namedAfterId: owner?.id ?? null };
    await tx.organization.update({ where: { id }, data });
  }
};
