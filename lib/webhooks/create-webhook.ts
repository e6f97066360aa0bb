import { randomUUID } from "node:crypto";
import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { UserActor } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { say } from "#lib/problems/problem";
import { createSigningSecret } from "#lib/standard-webhooks/create-signing-secret";
import { checkUrl } from "#lib/webhooks/check-url";
import { MAX_WEBHOOKS_PER_USER, type NewWebhook, type WebhookWithSecret } from "#lib/webhooks/schema";
import { sealSecret } from "#lib/webhooks/seal-secret";
import { toAuditDetails } from "#lib/webhooks/to-audit-details";
import { toWebhook } from "#lib/webhooks/to-webhook";

/** Subscribes an address to events and returns it with its signing secret, the only time that it is shown. */
export const createWebhook = async (
  actor: UserActor,
  { url: given, events }: NewWebhook,
): Promise<WebhookWithSecret> => {
  const { userId } = actor;
  const url = checkUrl(given);
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    await requireRoom(tx, userId);
    const [id, secret] = [randomUUID(), createSigningSecret()];
    const sealed = await sealSecret(tx, id, secret);
    const row = await tx.webhookEndpoint.create({ data: { id, userId, url, secret: sealed, events } });
    await recordAuditEvent(tx, actor, { action: "webhook.created", details: toAuditDetails(row) });
    return { ...toWebhook(row), secret };
  });
};

// One at a time for a user, so that the limit holds.
async function requireRoom(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
  if ((await tx.webhookEndpoint.count({ where: { userId } })) < MAX_WEBHOOKS_PER_USER) return;
  const message = say("webhook_limit", { most: MAX_WEBHOOKS_PER_USER });
  throw new ApiError("LimitReached", message);
}
