import { routeMethods } from "#lib/http/route-methods";
import { replayDeliveryOperation } from "#lib/http/webhook-operations";
import { withSession } from "#lib/http/with-session";
import { replayDelivery } from "#lib/webhooks/send-now";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withSession(replayDeliveryOperation, async ({ userId, locale, params: { webhookId, deliveryId } }) => ({
    body: await replayDelivery(userId, { webhookId, deliveryId }, locale),
  })),
});
