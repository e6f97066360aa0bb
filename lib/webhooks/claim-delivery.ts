import { randomUUID } from "node:crypto";
import { database } from "#lib/db/database";
import type { WebhookDelivery, WebhookEndpoint } from "#lib/db/generated/client";

// Longer than a try can take, so that a claim only lapses when its process is gone.
const LEASE_MILLISECONDS = 60_000;

/** A delivery that nobody else tries while the claim lasts. */
export type ClaimedDelivery = WebhookDelivery & { claimId: string; endpoint: WebhookEndpoint };

/** Claims a delivery that is due, or returns null when it is not, or not any more. */
export const claimDelivery = async (deliveryId: string, now: Date): Promise<ClaimedDelivery | null> => {
  const { prisma } = await database();
  const claimId = randomUUID();
  const [claimed] = await prisma.webhookDelivery.updateManyAndReturn({
    where: { id: deliveryId, wakeAt: { lte: now } },
    data: { claimId, wakeAt: new Date(now.getTime() + LEASE_MILLISECONDS) },
    include: { endpoint: true },
  });
  return claimed ? { ...claimed, claimId } : null;
};
