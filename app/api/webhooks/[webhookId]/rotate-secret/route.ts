import { routeMethods } from "#lib/http/route-methods";
import { rotateWebhookSecretOperation } from "#lib/http/webhook-operations";
import { withMembership } from "#lib/http/with-session";
import { rotateWebhookSecret } from "#lib/webhooks/change-webhook";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withMembership(rotateWebhookSecretOperation, async ({ actor, params }) => ({
    body: await rotateWebhookSecret(actor, params.webhookId),
  })),
});
