import { withRenewedClaim } from "#lib/due/claim";
import { type ClaimedDelivery, claimDelivery, DELIVERIES } from "#lib/webhooks/due-deliveries";
import { sendDelivery } from "#lib/webhooks/send-delivery";
import { settleDelivery } from "#lib/webhooks/settle-delivery";

/**
 * Tries a delivery once if it is due, however many ask for it at the same time. Whatever its receiver does is written
 * down, and no reason to throw.
 */
export const deliverWebhook = async (deliveryId: string): Promise<void> => {
  const claimed = await claimDelivery(deliveryId);
  if (claimed) await deliverClaimed(claimed);
};

/** Tries a delivery that was claimed. Nothing is sent to an endpoint that was disabled meanwhile. */
export const deliverClaimed = (claimed: ClaimedDelivery): Promise<void> =>
  withRenewedClaim(DELIVERIES, claimed.claim, async () => {
    await settleDelivery(claimed, claimed.endpoint.disabledAt ? undefined : await sendDelivery(claimed));
  });
