import { routeMethods } from "#lib/http/route-methods";
import { testWebhookOperation } from "#lib/http/webhook-operations";
import { withSession } from "#lib/http/with-session";
import { sendTestEvent } from "#lib/webhooks/send-now";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withSession(testWebhookOperation, async ({ userId, locale, params }) => ({
    body: await sendTestEvent(userId, params.webhookId, locale),
  })),
});
