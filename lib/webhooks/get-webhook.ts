import { database } from "#lib/db/database";
import { getEndpoint } from "#lib/webhooks/get-endpoint";
import type { Webhook } from "#lib/webhooks/schema";
import { toWebhook } from "#lib/webhooks/to-webhook";

/** One of the user's webhooks. Throws 404. */
export const getWebhook = async (userId: string, webhookId: string | undefined): Promise<Webhook> => {
  const { prisma } = await database();
  return toWebhook(await getEndpoint(prisma, userId, webhookId));
};
