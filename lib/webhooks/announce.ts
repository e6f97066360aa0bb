import { currentMoment } from "#lib/clock";
import type { Prisma } from "#lib/db/generated/client";
import { shareTurn } from "#lib/db/turns";
import type { TEST_EVENT, WebhookEvent } from "#lib/webhooks/schema";

// After waiting for its turn, FOR SHARE reads the endpoint's current row. Disabling or deleting an endpoint waits for this
// transaction, so no event is announced to it afterwards. Locking in the order of ids prevents deadlocks.
const LISTENERS = `
  WITH turn AS MATERIALIZED (
    SELECT id, ${shareTurn("id")} FROM (
      SELECT id FROM webhook_endpoints
      WHERE organization_id = $1::uuid AND disabled_at IS NULL AND $2::text = ANY(events) ORDER BY id
    ) AS listening
  )
  SELECT e.id, clock_timestamp() AS now FROM turn JOIN webhook_endpoints e ON e.id = turn.id
  WHERE e.disabled_at IS NULL AND $2::text = ANY(e.events) FOR SHARE OF e`;

/**
 * Queues an event for the organization's subscribed webhooks, in the transaction that causes it. `toData` runs only if
 * needed.
 */
export const announce = async (
  tx: Prisma.TransactionClient,
  organizationId: string,
  event: WebhookEvent,
  toData: () => Promise<Record<string, unknown>>,
): Promise<void> => {
  const endpoints = await tx.$queryRawUnsafe<{ id: string; now: Date }[]>(LISTENERS, organizationId, event);
  const [first] = endpoints;
  if (!first) return;
  const { now: wakeAt } = first;
  const payload = toPayload(event, await toData(), wakeAt);
  await tx.webhookDelivery.createMany({
    data: endpoints.map(({ id }) => ({ endpointId: id, event, payload, wakeAt })),
  });
};

/** The body of an event, in the format of Standard Webhooks. */
export const toPayload = (
  event: WebhookEvent | typeof TEST_EVENT,
  data: Record<string, unknown>,
  at = currentMoment(),
): string => JSON.stringify({ type: event, timestamp: at.toISOString(), data });
