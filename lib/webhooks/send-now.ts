import type { MemberActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import { ApiError } from "#lib/errors";
import type { Locale } from "#lib/i18n/schema";
import { asMember } from "#lib/organizations/as-member";
import { say } from "#lib/problems/problem";
import { toPayload } from "#lib/webhooks/announce";
import { deliverWebhook } from "#lib/webhooks/deliver-webhook";
import { getDelivery } from "#lib/webhooks/list-deliveries";
import { getEndpoint, getWebhook, requireEnabled } from "#lib/webhooks/list-webhooks";
import { type Delivery, TEST_EVENT } from "#lib/webhooks/schema";

/**
 * Sends a test event once to one of the organization's webhooks and returns the delivery. Throws 404, and 409 when
 * disabled.
 */
export const sendTestEvent = async (
  actor: MemberActor,
  webhookId: string | undefined,
  locale?: Locale,
): Promise<Delivery> => {
  const { organizationId } = actor;
  const { endpointId, id } = await asMember(actor, "webhooks.change", async (tx) => {
    const endpoint = await getEndpoint(tx, organizationId, webhookId);
    requireEnabled(endpoint);
    const [{ now } = { now: currentMoment() }] = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
    const payload = toPayload(TEST_EVENT, {}, now);
    return tx.webhookDelivery.create({ data: { endpointId: endpoint.id, event: TEST_EVENT, payload, wakeAt: now } });
  });
  await deliverWebhook(id);
  return getDelivery(organizationId, endpointId, id, locale);
};

type Place = { webhookId: string | undefined; deliveryId: string | undefined };

/**
 * Sends a waiting or settled delivery again now, under the same id and with a new set of attempts, and returns the result.
 * Throws 404, and 409 when the webhook is disabled or an attempt is running.
 */
export const replayDelivery = async (
  actor: MemberActor,
  { webhookId, deliveryId }: Place,
  locale?: Locale,
): Promise<Delivery> => {
  const { organizationId } = actor;
  const { id: endpointId } = await getWebhook(organizationId, webhookId);
  const { id } = await getDelivery(organizationId, endpointId, deliveryId);
  await asMember(actor, "webhooks.change", async (tx) => {
    requireEnabled(await getEndpoint(tx, organizationId, endpointId));
    const again = await tx.$executeRaw`
    UPDATE webhook_deliveries
    SET status = 'waiting', attempts = 0, wake_at = clock_timestamp(), claim_id = NULL, delivered_at = NULL
    WHERE id = ${id}::uuid AND (claim_id IS NULL OR wake_at <= clock_timestamp())`;
    if (again === 0) throw new ApiError("InvalidState", say("delivery_under_way"));
  });
  await deliverWebhook(id);
  return getDelivery(organizationId, endpointId, id, locale);
};
