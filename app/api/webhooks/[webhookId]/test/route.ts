import { routeMethods } from "#lib/http/route-methods";
import { testWebhookOperation } from "#lib/http/webhook-operations";
import { withMembership } from "#lib/http/with-session";
import { sendTestEvent } from "#lib/webhooks/send-now";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withMembership(testWebhookOperation, async ({ actor, locale, params }) => ({
    body: await sendTestEvent(actor, params.webhookId, locale),
  })),
});
