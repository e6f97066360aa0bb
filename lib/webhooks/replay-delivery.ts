import { database } from "#lib/db/database";
import { ApiError } from "#lib/errors";
import type { Locale } from "#lib/i18n/schema";
import { say } from "#lib/problems/problem";
import { deliverWebhook } from "#lib/webhooks/deliver-webhook";
import { getDelivery } from "#lib/webhooks/get-delivery";
import { getEndpoint } from "#lib/webhooks/get-endpoint";
import { requireEnabled } from "#lib/webhooks/require-enabled";
import type { Delivery } from "#lib/webhooks/schema";

type Place = { webhookId: string | undefined; deliveryId: string | undefined };

/**
 * Sends a delivery again now, whether it waits or was settled, under its old id and with all its tries anew, and tells
 * what came of it. Throws 404, and 409 when the webhook is disabled or the delivery is being tried at this moment.
 */
export const replayDelivery = async (
  userId: string,
  { webhookId, deliveryId }: Place,
  locale?: Locale,
): Promise<Delivery> => {
  const { prisma } = await database();
  const endpoint = await getEndpoint(prisma, userId, webhookId);
  const { id } = await getDelivery(userId, endpoint.id, deliveryId);
  requireEnabled(endpoint);
  const again = await prisma.$executeRaw`
    UPDATE webhook_deliveries
    SET status = 'waiting', attempts = 0, wake_at = clock_timestamp(), claim_id = NULL, delivered_at = NULL
    WHERE id = ${id}::uuid AND (claim_id IS NULL OR wake_at <= clock_timestamp())`;
  if (again === 0) throw new ApiError("InvalidState", say("delivery_under_way"));
  await deliverWebhook(id);
  return getDelivery(userId, endpoint.id, id, locale);
};
