import type { Prisma } from "#lib/db/generated/client";
import type { WebhookEvent } from "#lib/webhooks/schema";
import { toPayload } from "#lib/webhooks/to-payload";

/**
 * Has the user's subscribed webhooks told of what happened, if the transaction in which it happens is committed. `toData`
 * is asked for what to tell only when somebody listens.
 */
export const announce = async (
  tx: Prisma.TransactionClient,
  userId: string,
  event: WebhookEvent,
  toData: () => Promise<Record<string, unknown>>,
): Promise<void> => {
  const where = { userId, disabledAt: null, events: { has: event } };
  const endpoints = await tx.webhookEndpoint.findMany({ where, select: { id: true } });
  if (endpoints.length === 0) return;
  const [{ now: wakeAt } = { now: new Date() }] = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  const payload = toPayload(event, await toData(), wakeAt);
  await tx.webhookDelivery.createMany({
    data: endpoints.map(({ id }) => ({ endpointId: id, event, payload, wakeAt })),
  });
};
