import { routeMethods } from "#lib/http/route-methods";
import { createWebhookOperation, listWebhooksOperation } from "#lib/http/webhook-operations";
import { withMembership } from "#lib/http/with-session";
import { createWebhook } from "#lib/webhooks/change-webhook";
import { listWebhooks } from "#lib/webhooks/list-webhooks";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(listWebhooksOperation, async ({ actor }) => ({
    body: { webhooks: await listWebhooks(actor.organizationId) },
  })),
  POST: withMembership(createWebhookOperation, async ({ actor, body }) => ({ body: await createWebhook(actor, body) })),
});
