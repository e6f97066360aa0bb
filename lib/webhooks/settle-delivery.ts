import { database } from "#lib/db/database";
import type { ClaimedDelivery } from "#lib/webhooks/claim-delivery";
import { planNextTry } from "#lib/webhooks/plan-next-try";
import { TEST_EVENT } from "#lib/webhooks/schema";
import type { Outcome } from "#lib/webhooks/send-delivery";

const GONE = 410;

/** Writes down what came of a try, and when the next one is due. Nothing when the claim has gone to somebody else. */
export const settleDelivery = async (claimed: ClaimedDelivery, outcome: Outcome, now: Date): Promise<void> => {
  const { id, claimId, endpoint } = claimed;
  const { status, error, milliseconds } = outcome;
  const { prisma } = await database();
  await prisma.$transaction(async (tx) => {
    const settled = await tx.webhookDelivery.updateMany({
      where: { id, claimId },
      data: toState(claimed, outcome, now),
    });
    if (settled.count === 0) return;
    const number = 1 + (await tx.webhookDeliveryAttempt.count({ where: { deliveryId: id } }));
    await tx.webhookDeliveryAttempt.create({ data: { deliveryId: id, number, at: now, status, error, milliseconds } });
    if (status !== GONE) return;
    await tx.webhookEndpoint.updateMany({ where: { id: endpoint.id, disabledAt: null }, data: { disabledAt: now } });
  });
};

function toState({ attempts, event }: ClaimedDelivery, { status, retryAt }: Outcome, now: Date) {
  const tries = attempts + 1;
  const tried = { attempts: tries, claimId: null };
  if (status !== null && status >= 200 && status < 300) {
    return { ...tried, status: "delivered", deliveredAt: now, wakeAt: null };
  }
  const isFinal = status === GONE || event === TEST_EVENT;
  const wakeAt = isFinal ? undefined : planNextTry({ tries, retryAt, now });
  return { ...tried, status: wakeAt ? "waiting" : "failed", wakeAt: wakeAt ?? null };
}
