import { routeMethods } from "#lib/http/route-methods";
import { deleteWebhookOperation, updateWebhookOperation } from "#lib/http/webhook-operations";
import { withMembership } from "#lib/http/with-session";
import { deleteWebhook, updateWebhook } from "#lib/webhooks/change-webhook";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  PATCH: withMembership(updateWebhookOperation, async ({ actor, params, body }) => ({
    body: await updateWebhook(actor, params.webhookId, body),
  })),
  DELETE: withMembership(deleteWebhookOperation, async ({ actor, params }) => {
    await deleteWebhook(actor, params.webhookId);
    return { body: { success: true, message: "Webhook deleted successfully" } };
  }),
});
