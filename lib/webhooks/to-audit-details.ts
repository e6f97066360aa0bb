import type { WebhookEndpoint } from "#lib/db/generated/client";

/** What the log tells of an endpoint. The rest of its address may be a secret. */
export const toAuditDetails = ({ id, url }: WebhookEndpoint): Record<string, unknown> => ({
  webhook_id: id,
  host: new URL(url).host,
});
