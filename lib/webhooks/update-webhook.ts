import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { AuditEntry, UserActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { WebhookEndpoint } from "#lib/db/generated/client";
import { lockEndpoint } from "#lib/webhooks/lock-endpoint";
import type { Webhook, WebhookChanges } from "#lib/webhooks/schema";
import { toAuditDetails } from "#lib/webhooks/to-audit-details";
import { toWebhook } from "#lib/webhooks/to-webhook";

/** Changes what one of the user's webhooks is told, and whether it is told anything at all. */
export const updateWebhook = async (
  actor: UserActor,
  webhookId: string | undefined,
  { events, is_active }: WebhookChanges,
): Promise<Webhook> => {
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    const before = await lockEndpoint(tx, actor.userId, webhookId);
    const disabledAt = is_active ? null : (before.disabledAt ?? currentMoment());
    const data = { ...(events && { events }), ...(is_active !== undefined && { disabledAt }) };
    const after = await tx.webhookEndpoint.update({ where: { id: before.id }, data });
    await recordAuditEvent(tx, actor, ...toEntries(before, after));
    return toWebhook(after);
  });
};

// A change that changes nothing has not happened.
function toEntries(before: WebhookEndpoint, after: WebhookEndpoint): AuditEntry[] {
  const details = toAuditDetails(after);
  const changes = { events: { from: before.events, to: after.events } };
  const entries: AuditEntry[] = [];
  if (String(before.events) !== String(after.events)) {
    entries.push({ action: "webhook.updated", details: { ...details, changes } });
  }
  if (after.disabledAt && !before.disabledAt) entries.push({ action: "webhook.disabled", details });
  if (before.disabledAt && !after.disabledAt) entries.push({ action: "webhook.enabled", details });
  return entries;
}
