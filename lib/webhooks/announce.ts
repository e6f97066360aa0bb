import type { Prisma } from "#lib/db/generated/client";
import type { WebhookEvent } from "#lib/webhooks/schema";
import { toPayload } from "#lib/webhooks/to-payload";

/**
 * Has the user's subscribed webhooks told of what happened, if the transaction in which it happens is committed. Returns
 * the ids of the deliveries, which are due at once.
 */
export const announce = async (
  tx: Prisma.TransactionClient,
  userId: string,
  event: WebhookEvent,
  data: Record<string, unknown>,
): Promise<string[]> => {
  const where = { userId, disabledAt: null, events: { has: event } };
  const endpoints = await tx.webhookEndpoint.findMany({ where, select: { id: true } });
  if (endpoints.length === 0) return [];
  const wakeAt = new Date();
  const payload = toPayload(event, data, wakeAt);
  const made = await tx.webhookDelivery.createManyAndReturn({
    data: endpoints.map(({ id }) => ({ endpointId: id, event, payload, wakeAt })),
    select: { id: true },
  });
  return made.map(({ id }) => id);
};
