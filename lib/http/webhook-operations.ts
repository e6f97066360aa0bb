import { listEnvelopeSchema, pageQuerySchema } from "#lib/http/list-envelope";
import { defineMemberOperation } from "#lib/http/operation";
import {
  createWebhookSchema,
  deletedWebhookSchema,
  deliverySchema,
  updateWebhookSchema,
  webhookListSchema,
  webhookSchema,
  webhookWithSecretSchema,
} from "#lib/webhooks/schema";

const path = "/api/webhooks/{webhookId}";
// Each call sends a request to an address that the caller chose.
const limit = { points: 30, durationSeconds: 60 };

export const listWebhooksOperation = defineMemberOperation({
  id: "listWebhooks",
  act: "organization.read",
  method: "GET",
  path: "/api/webhooks",
  summary: "The addresses that are told what becomes of your posts and accounts, oldest first",
  answer: { status: 200, description: "The webhooks", schema: webhookListSchema },
  errors: [],
});

export const createWebhookOperation = defineMemberOperation({
  id: "createWebhook",
  act: "webhooks.change",
  method: "POST",
  path: "/api/webhooks",
  summary: "Subscribe an address to events; the answer shows the signing secret, the only time",
  body: createWebhookSchema,
  answer: { status: 201, description: "The webhook with its secret", schema: webhookWithSecretSchema },
  errors: [409],
});

export const updateWebhookOperation = defineMemberOperation({
  id: "updateWebhook",
  act: "webhooks.change",
  method: "PATCH",
  path,
  summary: "Change what a webhook is told; disable or enable it",
  body: updateWebhookSchema,
  answer: { status: 200, description: "The webhook as it is now", schema: webhookSchema },
  errors: [404],
});

export const deleteWebhookOperation = defineMemberOperation({
  id: "deleteWebhook",
  act: "webhooks.change",
  method: "DELETE",
  path,
  summary: "Delete a webhook with everything that waits to be sent to it",
  answer: { status: 200, description: "The webhook is deleted", schema: deletedWebhookSchema },
  errors: [404],
});

export const rotateWebhookSecretOperation = defineMemberOperation({
  id: "rotateWebhookSecret",
  act: "webhooks.change",
  method: "POST",
  path: `${path}/rotate-secret`,
  // Nobody has seen the secret that may have been generated.
  isRepeatable: true,
  summary: "Replace a webhook's signing secret; the answer shows the new one, the only time",
  answer: { status: 200, description: "The webhook with its new secret", schema: webhookWithSecretSchema },
  errors: [404],
});

export const testWebhookOperation = defineMemberOperation({
  id: "testWebhook",
  act: "webhooks.change",
  method: "POST",
  path: `${path}/test`,
  shownAt: `${path}/deliveries`,
  summary: "Send the event `webhook.test`, once, and wait for what comes of it; thirty times a minute",
  limit,
  answer: { status: 200, description: "The delivery, whether it arrived or not", schema: deliverySchema },
  errors: [404, 409, 429],
});

export const listDeliveriesOperation = defineMemberOperation({
  id: "listWebhookDeliveries",
  act: "organization.read",
  method: "GET",
  path: `${path}/deliveries`,
  summary: "What was and will be sent to a webhook in the last thirty days, newest first, with every try",
  query: pageQuerySchema,
  answer: { status: 200, description: "One page of deliveries", schema: listEnvelopeSchema(deliverySchema) },
  errors: [404],
});

export const replayDeliveryOperation = defineMemberOperation({
  id: "replayWebhookDelivery",
  act: "webhooks.change",
  method: "POST",
  path: `${path}/deliveries/{deliveryId}/replay`,
  shownAt: `${path}/deliveries`,
  summary:
    "Send a delivery again now, under the same `webhook-id`, and wait for what comes of it; thirty times a minute",
  limit,
  answer: { status: 200, description: "The delivery as it is now", schema: deliverySchema },
  errors: [404, 409, 429],
});
