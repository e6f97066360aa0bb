import { randomUUID } from "node:crypto";
import { database } from "#lib/db/database";
import { startReceiver } from "#lib/standard-webhooks/testing/test-receiver";
import { announce } from "#lib/webhooks/announce";
import { createWebhook } from "#lib/webhooks/change-webhook";
import { deliverWebhook } from "#lib/webhooks/deliver-webhook";
import { WEBHOOK_EVENTS, type WebhookEvent } from "#lib/webhooks/schema";

/** A person who has just signed in. */
export const createUser = async (): Promise<{ id: string }> => {
  const { prisma } = await database();
  return prisma.user.create({ data: { issuer: "tests", subject: randomUUID(), email: "ada@example.com" } });
};

/** Who does what is done to a person's webhooks. */
export const as = (userId: string) => ({ kind: "user", userId, address: null, userAgent: null }) as const;

/** A webhook of a person of its own, for every event, and the receiver that it leads to. */
export const createReceiver = async (answer?: Parameters<typeof startReceiver>[0]) => {
  const receiver = await startReceiver(answer);
  const { id: userId } = await createUser();
  const url = `${receiver.url}/hook`;
  const { id: webhookId, secret } = await createWebhook(as(userId), { url, events: [...WEBHOOK_EVENTS] });
  return { receiver, userId, webhookId, secret };
};

/** Announces an event and returns the id of its one delivery. */
export const announceOne = async (userId: string, event: WebhookEvent = "post.published"): Promise<string> => {
  const { prisma } = await database();
  const before = (await prisma.webhookDelivery.findMany({ where: { endpoint: { userId } } })).map(({ id }) => id);
  await prisma.$transaction((tx) => announce(tx, userId, event, async () => ({ post_id: "42" })));
  const [made] = await prisma.webhookDelivery.findMany({ where: { endpoint: { userId }, id: { notIn: before } } });
  if (!made) throw new Error("Nobody was subscribed.");
  return made.id;
};

/** Lets a delivery's next moment come, as time would: the next try, or the end of a dead process's claim. */
export const letTimePass = async (deliveryId: string): Promise<void> => {
  const { prisma } = await database();
  await prisma.$executeRaw`
    UPDATE webhook_deliveries SET wake_at = now() WHERE id = ${deliveryId}::uuid AND wake_at IS NOT NULL`;
};

/** Tries a delivery whenever it is due, until it is settled. Returns for how many seconds it waited each time. */
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
