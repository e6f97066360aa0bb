import { database } from "#lib/db/database";
import { createMember } from "#lib/organizations/testing/test-member";
import { startReceiver } from "#lib/standard-webhooks/testing/test-receiver";
import { announce } from "#lib/webhooks/announce";
import { createWebhook } from "#lib/webhooks/change-webhook";
import { deliverWebhook } from "#lib/webhooks/deliver-webhook";
import { WEBHOOK_EVENTS, type WebhookEvent } from "#lib/webhooks/schema";

/** Creates an organization with a member, a webhook of theirs for every event, and the receiver it points to. */
export const createReceiver = async (answer?: Parameters<typeof startReceiver>[0]) => {
  const receiver = await startReceiver(answer);
  const owner = await createMember();
  const url = `${receiver.url}/hook`;
  const { id: webhookId, secret } = await createWebhook(owner, { url, events: [...WEBHOOK_EVENTS] });
  return { receiver, owner, organizationId: owner.organizationId, webhookId, secret };
};

/** Announces an event and returns the id of its only delivery. */
export const announceOne = async (organizationId: string, event: WebhookEvent = "post.published"): Promise<string> => {
  const { prisma } = await database();
  const before = (await prisma.webhookDelivery.findMany({ where: { endpoint: { organizationId } } })).map(
    ({ id }) => id,
  );
  await prisma.$transaction((tx) => announce(tx, organizationId, event, async () => ({ post_id: "42" })));
  const [made] = await prisma.webhookDelivery.findMany({
    where: { endpoint: { organizationId }, id: { notIn: before } },
  });
  if (!made) throw new Error("Nobody was subscribed.");
  return made.id;
};

/** Makes a delivery due, as if time had passed: for its next retry, or because a dead process's lease has expired. */
export const letTimePass = async (deliveryId: string): Promise<void> => {
  const { prisma } = await database();
  await prisma.$executeRaw`
    UPDATE webhook_deliveries SET wake_at = now() WHERE id = ${deliveryId}::uuid AND wake_at IS NOT NULL`;
};

/** Attempts a delivery whenever it is due until it is settled. Returns each wait in seconds. */
export const deliverToTheEnd = async (deliveryId: string): Promise<number[]> => {
  const { prisma } = await database();
  const waits: number[] = [];
  for (;;) {
    await letTimePass(deliveryId);
    await deliverWebhook(deliveryId);
    const [row] = await prisma.$queryRaw<{ seconds: number | null }[]>`
      SELECT extract(epoch FROM wake_at - clock_timestamp())::float8 AS seconds
      FROM webhook_deliveries WHERE id = ${deliveryId}::uuid`;
    if (row?.seconds === null || row === undefined) return waits;
    waits.push(row.seconds);
  }
};
