import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { UserActor } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import { lockEndpoint } from "#lib/webhooks/lock-endpoint";
import { toAuditDetails } from "#lib/webhooks/to-audit-details";

/** Deletes one of the user's webhooks with everything that was or waits to be sent to it. */
export const deleteWebhook = async (actor: UserActor, webhookId: string | undefined): Promise<void> => {
  const { prisma } = await database();
  await prisma.$transaction(async (tx) => {
    const row = await lockEndpoint(tx, actor.userId, webhookId);
    await tx.webhookEndpoint.delete({ where: { id: row.id } });
    await recordAuditEvent(tx, actor, { action: "webhook.deleted", details: toAuditDetails(row) });
  });
};
