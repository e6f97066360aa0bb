import { routeMethods } from "#lib/http/route-methods";
import { replayDeliveryOperation } from "#lib/http/webhook-operations";
import { withMembership } from "#lib/http/with-session";
import { replayDelivery } from "#lib/webhooks/send-now";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withMembership(replayDeliveryOperation, async ({ actor, locale, params: { webhookId, deliveryId } }) => ({
    body: await replayDelivery(actor, { webhookId, deliveryId }, locale),
  })),
});
