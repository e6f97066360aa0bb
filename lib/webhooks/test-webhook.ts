import { randomUUID } from "node:crypto";
import { makeTestKey } from "#lib/credentials/test-keyring";
import { database } from "#lib/db/database";
import { openQueue } from "#lib/queue/open-queue";
import { startReceiver } from "#lib/standard-webhooks/test-receiver";
import { announce } from "#lib/webhooks/announce";
import { createWebhook } from "#lib/webhooks/create-webhook";
import { WEBHOOK_EVENTS, type WebhookEvent } from "#lib/webhooks/schema";

/** Gives this process a key of its own to encrypt with. */
export const useTestKey = (): void => {
  Object.assign(globalThis, { boringKeyring: [makeTestKey("tests")] });
};

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
  const queue = await openQueue();
  const before = (await prisma.webhookDelivery.findMany({ where: { endpoint: { userId } } })).map(({ id }) => id);
  await prisma.$transaction((tx) => announce(queue, tx, userId, event, async () => ({ post_id: "42" })));
  const [made] = await prisma.webhookDelivery.findMany({ where: { endpoint: { userId }, id: { notIn: before } } });
  if (!made) throw new Error("Nobody was subscribed.");
  return made.id;
};
