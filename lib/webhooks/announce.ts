import type { Prisma } from "#lib/db/generated/client";
import { QUEUES, type Queue } from "#lib/queue/open-queue";
import { sendJob } from "#lib/queue/send-job";
import type { WebhookEvent } from "#lib/webhooks/schema";
import { toPayload } from "#lib/webhooks/to-payload";

/**
 * Has the user's subscribed webhooks told of what happened, if the transaction in which it happens is committed. `toData`
 * is asked for what to tell only when somebody listens.
 */
export const announce = async (
  queue: Queue,
  tx: Prisma.TransactionClient,
  userId: string,
  event: WebhookEvent,
  toData: () => Promise<Record<string, unknown>>,
): Promise<void> => {
  const where = { userId, disabledAt: null, events: { has: event } };
  const endpoints = await tx.webhookEndpoint.findMany({ where, select: { id: true } });
  if (endpoints.length === 0) return;
  const wakeAt = new Date();
  const payload = toPayload(event, await toData(), wakeAt);
  const made = await tx.webhookDelivery.createManyAndReturn({
    data: endpoints.map(({ id }) => ({ endpointId: id, event, payload, wakeAt })),
    select: { id: true },
  });
  for (const { id } of made) await sendJob(queue, tx, { name: QUEUES.webhookDeliveries, id, startAfter: wakeAt });
};
