import { randomUUID } from "node:crypto";
import { currentMoment } from "#lib/clock";
import { makeTestKey } from "#lib/credentials/testing/test-keyring";
import { database } from "#lib/db/database";
import { ApiError } from "#lib/errors";
import type { Locale } from "#lib/i18n/schema";
import { say } from "#lib/problems/problem";
import { startReceiver } from "#lib/standard-webhooks/testing/test-receiver";
import { announce, toPayload } from "#lib/webhooks/announce";
import { createWebhook } from "#lib/webhooks/change-webhook";
import { deliverWebhook } from "#lib/webhooks/deliver-webhook";
import { getDelivery } from "#lib/webhooks/list-deliveries";
import { getEndpoint, requireEnabled } from "#lib/webhooks/list-webhooks";
import { type Delivery, TEST_EVENT, WEBHOOK_EVENTS, type WebhookEvent } from "#lib/webhooks/schema";

/** Gives this process its own encryption key. */
export const useTestKey = (): void => {
  Object.assign(globalThis, { boringKeyring: [makeTestKey("tests")] });
};

/** Creates a user who has just signed in. */
export const createUser = async (): Promise<{ id: string }> => {
  const { prisma } = await database();
  return prisma.user.create({ data: { issuer: "tests", subject: randomUUID(), email: "ada@example.com" } });
};

/** The user as an actor for webhook changes. */
export const as = (userId: string) => ({ kind: "user", userId, address: null, userAgent: null }) as const;

/** Creates a user, a webhook of theirs for every event, and the receiver it points to. */
export const createReceiver = async (answer?: Parameters<typeof startReceiver>[0]) => {
  const receiver = await startReceiver(answer);
  const { id: userId } = await createUser();
  const url = `${receiver.url}/hook`;
  const { id: webhookId, secret } = await createWebhook(as(userId), { url, events: [...WEBHOOK_EVENTS] });
  return { receiver, userId, webhookId, secret };
};

/** Announces an event and returns the id of its only delivery. */
export const announceOne = async (userId: string, event: WebhookEvent = "post.published"): Promise<string> => {
  const { prisma } = await database();
  const before = (await prisma.webhookDelivery.findMany({ where: { endpoint: { userId } } })).map(({ id }) => id);
  await prisma.$transaction((tx) => announce(tx, userId, event, async () => ({ post_id: "42" })));
  const [made] = await prisma.webhookDelivery.findMany({ where: { endpoint: { userId }, id: { notIn: before } } });
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

/** Sends a test event once to one of the user's webhooks and returns the delivery. Throws 404, and 409 when disabled. */
export const sendTestEvent = async (
  userId: string,
  webhookId: string | undefined,
  locale?: Locale,
): Promise<Delivery> => {
  const { prisma } = await database();
  const endpoint = await getEndpoint(prisma, userId, webhookId);
  requireEnabled(endpoint);
  const [{ now } = { now: currentMoment() }] = await prisma.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  const { id } = await prisma.webhookDelivery.create({
    data: { endpointId: endpoint.id, event: TEST_EVENT, payload: toPayload(TEST_EVENT, {}, now), wakeAt: now },
  });
  await deliverWebhook(id);
  return getDelivery(userId, endpoint.id, id, locale);
};

type Place = { webhookId: string | undefined; deliveryId: string | undefined };

/**
 * Sends a waiting or settled delivery again now, under the same id and with a new set of attempts, and returns the result.
 * Throws 404, and 409 when the webhook is disabled or an attempt is running.
 */
export const replayDelivery = async (
  userId: string,
  { webhookId, deliveryId }: Place,
  locale?: Locale,
): Promise<Delivery> => {
  const { prisma } = await database();
  const endpoint = await getEndpoint(prisma, userId, webhookId);
  const { id } = await getDelivery(userId, endpoint.id, deliveryId);
  requireEnabled(endpoint);
  const again = await prisma.$executeRaw`
    UPDATE webhook_deliveries
    SET status = 'waiting', attempts = 0, wake_at = clock_timestamp(), claim_id = NULL, delivered_at = NULL
    WHERE id = ${id}::uuid AND (claim_id IS NULL OR wake_at <= clock_timestamp())`;
  if (again === 0) throw new ApiError("InvalidState", say("delivery_under_way"));
  await deliverWebhook(id);
  return getDelivery(userId, endpoint.id, id, locale);
};
