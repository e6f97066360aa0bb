import { database } from "#lib/db/database";
import type { Webhook } from "#lib/webhooks/schema";
import { toWebhook } from "#lib/webhooks/to-webhook";

/** The user's webhooks, oldest first. */
export const listWebhooks = async (userId: string): Promise<Webhook[]> => {
  const { prisma } = await database();
  const rows = await prisma.webhookEndpoint.findMany({
    where: { userId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toWebhook);
};
