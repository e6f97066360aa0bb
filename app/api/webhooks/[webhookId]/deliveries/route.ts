import { toListEnvelope, toPageRange } from "#lib/http/list-envelope";
import { routeMethods } from "#lib/http/route-methods";
import { listDeliveriesOperation } from "#lib/http/webhook-operations";
import { withMembership } from "#lib/http/with-session";
import { listDeliveries } from "#lib/webhooks/list-deliveries";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(listDeliveriesOperation, async ({ actor, locale, params: { webhookId }, query }) => {
    const { count, deliveries } = await listDeliveries(actor.organizationId, webhookId, {
      ...toPageRange(query),
      locale,
    });
    return { body: toListEnvelope(`/api/webhooks/${webhookId}/deliveries`, query, count, deliveries) };
  }),
});
