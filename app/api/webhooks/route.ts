import { routeMethods } from "#lib/http/route-methods";
import { createWebhookOperation, listWebhooksOperation } from "#lib/http/webhook-operations";
import { withSession } from "#lib/http/with-session";
import { createWebhook } from "#lib/webhooks/change-webhook";
import { listWebhooks } from "#lib/webhooks/list-webhooks";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(listWebhooksOperation, async ({ userId }) => ({ body: { webhooks: await listWebhooks(userId) } })),
  POST: withSession(createWebhookOperation, async ({ actor, body }) => ({ body: await createWebhook(actor, body) })),
});
