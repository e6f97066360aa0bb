import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { MemberActor, UserActor } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import { asMember } from "#lib/organizations/as-member";
import { createOrganization, requireRoomToOwn } from "#lib/organizations/require-membership";

/** Creates an organization with the user as its owner, shows it in their session, and returns its id. Throws 409 at the limit. */
export const addOrganization = async (actor: UserActor, name: string): Promise<string> => {
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    await requireRoomToOwn(tx, actor.userId, "organization_limit");
    const { organizationId } = await createOrganization(tx, actor.userId, name);
    await tx.session.updateMany({
      where: { id: actor.sessionId ?? "", userId: actor.userId },
      data: { organizationId },
    });
    await recordAuditEvent(tx, { ...actor, organizationId }, { action: "organization.created" });
    return organizationId;
  });
};

/** Gives the organization another name. Another name than now is in the log, without the name itself. */
export const renameOrganization = async (actor: MemberActor, name: string): Promise<void> => {
  const { organizationId: id } = actor;
  await asMember(
    actor,
    "organization.rename",
    async (tx) => {
      const data = { name, namedAfterId: null };
      const { count } = await tx.organization.updateMany({ where: { id, name: { not: name } }, data });
      if (count === 1) await recordAuditEvent(tx, actor, { action: "organization.renamed" });
    },
    { locks: "organization" },
  );
};

/** Makes this session show the organization from now on. Other sessions stay as they are. */
export const selectOrganization = async (actor: MemberActor): Promise<void> => {
  const { organizationId, sessionId = "" } = actor;
  await asMember(actor, "organization.read", (tx) =>
    tx.session.updateMany({ where: { id: sessionId, userId: actor.userId }, data: { organizationId } }),
  );
};
