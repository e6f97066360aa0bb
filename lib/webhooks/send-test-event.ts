import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { Locale } from "#lib/i18n/schema";
import { deliverWebhook } from "#lib/webhooks/deliver-webhook";
import { getDelivery } from "#lib/webhooks/get-delivery";
import { getEndpoint } from "#lib/webhooks/get-endpoint";
import { requireEnabled } from "#lib/webhooks/require-enabled";
import { type Delivery, TEST_EVENT } from "#lib/webhooks/schema";
import { toPayload } from "#lib/webhooks/to-payload";

/** Sends a test event to one of the user's webhooks, once, and tells what came of it. Throws 404, and 409 when disabled. */
export const sendTestEvent = async (
  userId: string,
  webhookId: string | undefined,
  locale?: Locale,
): Promise<Delivery> => {
  const { prisma } = await database();
  const endpoint = await getEndpoint(prisma, userId, webhookId);
  requireEnabled(endpoint);
  const [{ now } = { now: currentMoment() }] = await prisma.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  const { id } = await prisma.webhookDelivery.create({
    data: { endpointId: endpoint.id, event: TEST_EVENT, payload: toPayload(TEST_EVENT, {}, now), wakeAt: now },
  });
  await deliverWebhook(id);
  return getDelivery(userId, endpoint.id, id, locale);
};
