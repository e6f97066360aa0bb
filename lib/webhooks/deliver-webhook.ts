import { database } from "#lib/db/database";
import { claimDelivery } from "#lib/webhooks/claim-delivery";
import { sendDelivery } from "#lib/webhooks/send-delivery";
import { settleDelivery } from "#lib/webhooks/settle-delivery";

/**
 * Tries a delivery once if it is due, however many ask for it at the same time. Whatever its receiver does is written
 * down, and no reason to throw.
 */
export const deliverWebhook = async (deliveryId: string, now = new Date()): Promise<void> => {
  const claimed = await claimDelivery(deliveryId, now);
  if (!claimed) return;
  if (claimed.endpoint.disabledAt) return giveUp(claimed);
  const outcome = await sendDelivery(claimed, now);
  await settleDelivery(claimed, outcome, now);
};

// Nothing is sent to an endpoint that was disabled meanwhile.
async function giveUp({ id, claimId }: { id: string; claimId: string }): Promise<void> {
  const { prisma } = await database();
  const data = { status: "failed", wakeAt: null, claimId: null };
  await prisma.webhookDelivery.updateMany({ where: { id, claimId }, data });
}
