import type { Prisma, WebhookEndpoint } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/is-uuid";
import { webhookNotFound } from "#lib/webhooks/webhook-not-found";

/** One of the user's endpoints. Throws 404 for unknown, deleted and foreign ones alike. */
export const getEndpoint = async (
  tx: Prisma.TransactionClient,
  userId: string,
  webhookId: string | undefined,
): Promise<WebhookEndpoint> => {
  const row = isUuid(webhookId) && (await tx.webhookEndpoint.findFirst({ where: { id: webhookId, userId } }));
  if (!row) throw webhookNotFound();
  return row;
};
