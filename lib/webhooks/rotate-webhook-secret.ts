import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { UserActor } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import { createSigningSecret } from "#lib/standard-webhooks/create-signing-secret";
import { lockEndpoint } from "#lib/webhooks/lock-endpoint";
import type { WebhookWithSecret } from "#lib/webhooks/schema";
import { sealSecret } from "#lib/webhooks/seal-secret";
import { toAuditDetails } from "#lib/webhooks/to-audit-details";
import { toWebhook } from "#lib/webhooks/to-webhook";

/** Gives one of the user's webhooks a new signing secret, shown this once. What is sent from now on is signed with it. */
export const rotateWebhookSecret = async (
  actor: UserActor,
  webhookId: string | undefined,
): Promise<WebhookWithSecret> => {
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    const { id } = await lockEndpoint(tx, actor.userId, webhookId);
    const secret = createSigningSecret();
    const sealed = await sealSecret(tx, id, secret);
    const row = await tx.webhookEndpoint.update({ where: { id }, data: { secret: sealed } });
    await recordAuditEvent(tx, actor, { action: "webhook.secret_rotated", details: toAuditDetails(row) });
    return { ...toWebhook(row), secret };
  });
};
