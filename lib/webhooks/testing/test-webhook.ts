import { randomUUID } from "node:crypto";
import { database } from "#lib/db/database";
import { startReceiver } from "#lib/standard-webhooks/testing/test-receiver";
import { announce } from "#lib/webhooks/announce";
import { createWebhook } from "#lib/webhooks/change-webhook";
import { deliverWebhook } from "#lib/webhooks/deliver-webhook";
import { WEBHOOK_EVENTS, type WebhookEvent } from "#lib/webhooks/schema";

/** Creates a user who has just signed in. */
export const createUser = async (): Promise<{ id: string }> => {
  const { prisma } = await database();
  return prisma.user.create({ data: { issuer: "tests", subject: randomUUID(), email: "ada@example.com" } });
};

/** The user as an actor for webhook changes. */
export const as = (organizationId: string) =>
  ({ kind: "user", organizationId, address: null, userAgent: null }) as const;

/** Creates a user, a webhook of theirs for every event, and the receiver it points to. */
export const createReceiver = async (answer?: Parameters<typeof startReceiver>[0]) => {
  const receiver = await startReceiver(answer);
  const { id: organizationId } = await createUser();
  const url = `${receiver.url}/hook`;
  const { id: webhookId, secret } = await createWebhook(as(organizationId), { url, events: [...WEBHOOK_EVENTS] });
  return { receiver, organizationId, webhookId, secret };
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
