import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { allowHosts, findFreePort } from "#lib/outbound/test-server";
import { verifyMessage } from "#lib/standard-webhooks/test-receiver";
import { createWebhook } from "#lib/webhooks/create-webhook";
import { deliverDueWebhooks } from "#lib/webhooks/deliver-due-webhooks";
import { deliverWebhook } from "#lib/webhooks/deliver-webhook";
import { getDelivery } from "#lib/webhooks/get-delivery";
import { listDueDeliveries } from "#lib/webhooks/list-due-deliveries";
import { announceOne, as, createReceiver, createUser, useTestKey } from "#lib/webhooks/test-webhook";

let db: Database;

beforeAll(async () => {
  db = await useMemoryDatabase();
  useTestKey();
});
afterAll(closeDatabase);
beforeEach(async () => {
  await db.prisma.webhookDelivery.deleteMany();
});

const MINUTE_MILLISECONDS = 60_000;
const DAY_MILLISECONDS = 86_400_000;
const after = (milliseconds: number) => new Date(Date.now() + milliseconds);
const readRow = (id: string) => db.prisma.webhookDelivery.findUniqueOrThrow({ where: { id } });

/** Tries a delivery whenever it is due, until it is settled. */
const deliverToTheEnd = async (id: string): Promise<Date[]> => {
  const tried: Date[] = [];
  for (;;) {
    const { wakeAt } = await readRow(id);
    if (!wakeAt) return tried;
    tried.push(wakeAt);
    await deliverWebhook(id, wakeAt);
  }
};

test("an event arrives signed, once, however many deliver it at the same time", async () => {
  const { receiver, userId, webhookId, secret } = await createReceiver();
  const id = await announceOne(userId);
  await Promise.all(Array.from({ length: 5 }, () => deliverWebhook(id)));
  await deliverWebhook(id);
  expect(receiver.messages).toHaveLength(1);
  const [message] = receiver.messages;
  expect(message?.headers["webhook-id"]).toBe(id);
  expect(verifyMessage(secret, message)).toMatchObject({ type: "post.published", data: { post_id: "42" } });
  expect(await getDelivery(userId, webhookId, id)).toMatchObject({
    status: "delivered",
    delivered_at: expect.any(String),
    next_attempt_at: null,
    attempts: [{ status: 204, error: null }],
  });
});

test("a receiver that fails is asked again for about a day, always the same, and then no more", async () => {
  const { receiver, userId, webhookId } = await createReceiver(() => ({ status: 500 }));
  const id = await announceOne(userId);
  const tried = await deliverToTheEnd(id);
  expect(receiver.messages).toHaveLength(9);
  expect(new Set(receiver.messages.map(({ body, headers }) => `${headers["webhook-id"]} ${body}`)).size).toBe(1);
  const timestamps = receiver.messages.map(({ headers }) => Number(headers["webhook-timestamp"]));
  expect(timestamps).toEqual(tried.map((at) => Math.floor(at.getTime() / 1000)));
  const lasted = (tried.at(-1)?.getTime() ?? 0) - (tried[0]?.getTime() ?? 0);
  expect(Math.abs(lasted / DAY_MILLISECONDS - 1)).toBeLessThan(0.15);
  const { status, attempts, next_attempt_at } = await getDelivery(userId, webhookId, id);
  expect({ status, next_attempt_at }).toEqual({ status: "failed", next_attempt_at: null });
  expect(attempts.map((attempt) => attempt.status)).toEqual(Array(9).fill(500));
});

test("a receiver that comes back is told", async () => {
  const answers = [{ status: 500 }, "cut" as const, { status: 404 }];
  const { receiver, userId, webhookId } = await createReceiver(() => answers.shift() ?? { status: 200 });
  const id = await announceOne(userId);
  expect(await deliverToTheEnd(id)).toHaveLength(4);
  expect(receiver.messages).toHaveLength(4);
  const { status, attempts } = await getDelivery(userId, webhookId, id);
  expect(status).toBe("delivered");
  const cut = "The connection to this address ended before the answer was whole.";
  expect(attempts.map((attempt) => attempt.status ?? attempt.error)).toEqual([500, cut, 404, 200]);
});

test("nothing is tried before it is due", async () => {
  const { receiver, userId } = await createReceiver(() => ({ status: 503, headers: { "Retry-After": "3600" } }));
  const id = await announceOne(userId);
  await deliverWebhook(id, after(-MINUTE_MILLISECONDS));
  expect(receiver.messages).toHaveLength(0);
  const now = new Date();
  await deliverWebhook(id, now);
  await deliverWebhook(id, after(59 * MINUTE_MILLISECONDS));
  expect(receiver.messages).toHaveLength(1);
  expect((await readRow(id)).wakeAt).toEqual(new Date(now.getTime() + 60 * MINUTE_MILLISECONDS));
});

test("a receiver that is gone for good is disabled and told nothing more", async () => {
  const { receiver, userId, webhookId } = await createReceiver(() => ({ status: 410 }));
  const [first, second] = [await announceOne(userId), await announceOne(userId)];
  await deliverWebhook(first);
  await deliverWebhook(second);
  expect(receiver.messages).toHaveLength(1);
  expect((await db.prisma.webhookEndpoint.findUniqueOrThrow({ where: { id: webhookId } })).disabledAt).not.toBeNull();
  expect(await getDelivery(userId, webhookId, first)).toMatchObject({ status: "failed", attempts: [{ status: 410 }] });
  expect(await getDelivery(userId, webhookId, second)).toMatchObject({ status: "failed", attempts: [] });
  await expect(announceOne(userId)).rejects.toThrow("Nobody");
});

test("why there was no answer is written down in words", async () => {
  const port = await findFreePort();
  const { id: userId } = await createUser();
  allowHosts(`127.0.0.1:${port}`);
  const url = `http://127.0.0.1:${port}/`;
  const { id: webhookId } = await createWebhook(as(userId), { url, events: ["post.published"] });
  const id = await announceOne(userId);
  await deliverWebhook(id);
  const { attempts } = await getDelivery(userId, webhookId, id);
  expect(attempts).toMatchObject([{ status: null, error: expect.stringMatching(/^Nobody answers/) }]);
});

test("a claim whose process died lapses, and whoever lost a claim writes nothing any more", async () => {
  const second = Promise.withResolvers<void>();
  const { receiver, userId, webhookId } = await createReceiver(() => {
    if (receiver.messages.length > 1) return { status: 204 };
    // The first try is still under way when its claim has lapsed and somebody else has delivered it.
    deliverWebhook(id, after(5 * MINUTE_MILLISECONDS)).then(second.resolve, second.reject);
    return second.promise.then(() => ({ status: 500 }));
  });
  const id = await announceOne(userId);
  await deliverWebhook(id);
  expect(receiver.messages).toHaveLength(2);
  expect(await getDelivery(userId, webhookId, id)).toMatchObject({ status: "delivered", attempts: [{ status: 204 }] });
});

test("what is due is found, longest waiting first, and a slow receiver leaves room for others", async () => {
  const [busy, quiet] = [await createReceiver(), await createReceiver()];
  const busyIds: string[] = [];
  for (let count = 0; count < 7; count++) busyIds.push(await announceOne(busy.userId));
  const quietId = await announceOne(quiet.userId);
  expect(await listDueDeliveries(100, after(-MINUTE_MILLISECONDS))).toEqual([]);
  const due = await listDueDeliveries(100, after(1));
  expect(due).toHaveLength(6);
  expect(due).toContain(quietId);
  expect(await listDueDeliveries(3, after(1))).toHaveLength(3);
  allowHosts(`127.0.0.1:${busy.receiver.port}`, `127.0.0.1:${quiet.receiver.port}`);
  await deliverDueWebhooks(after(1));
  expect([busy.receiver.messages.length, quiet.receiver.messages.length]).toEqual([7, 1]);
  expect(busy.receiver.messages.map(({ headers }) => headers["webhook-id"]).sort()).toEqual(busyIds.sort());
});
