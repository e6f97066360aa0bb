import type { WebhookEndpoint } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/to-moment";
import { type Webhook, webhookSchema } from "#lib/webhooks/schema";

/** What may leave of an endpoint's row. */
export const toWebhook = ({ id, url, events, createdAt, disabledAt }: WebhookEndpoint): Webhook =>
  webhookSchema.parse({
    id,
    url,
    events,
    is_active: disabledAt === null,
    created_at: toMoment(createdAt),
    disabled_at: disabledAt && toMoment(disabledAt),
  });
