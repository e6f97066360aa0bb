import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { claimMany } from "#lib/due/claim";
import { createMember } from "#lib/organizations/testing/test-member";
import { allowHosts } from "#lib/outbound/testing/test-server";
import { verifyMessage } from "#lib/standard-webhooks/testing/test-receiver";
import { findFreePort } from "#lib/testing/find-free-port";
import { useTestKey } from "#lib/testing/process-state";
import { createWebhook } from "#lib/webhooks/change-webhook";
import { DELIVERIES, deliverWebhook } from "#lib/webhooks/deliver-webhook";
import { getDelivery } from "#lib/webhooks/list-deliveries";
import { announceOne, createReceiver, deliverToTheEnd, letTimePass } from "#lib/webhooks/testing/test-webhook";

let db: Database;

beforeAll(async () => {
  db = await useMemoryDatabase();
  useTestKey();
});
afterAll(closeDatabase);
beforeEach(async () => {
  await db.prisma.webhookDelivery.deleteMany();
});

const DAY_SECONDS = 86_400;
const HOUR_MILLISECONDS = 3_600_000;

test("an event arrives signed, once, however many deliver it at the same time", async () => {
  const { receiver, organizationId, webhookId, secret } = await createReceiver();
  const id = await announceOne(organizationId);
  await Promise.all(Array.from({ length: 5 }, () => deliverWebhook(id)));
  await deliverWebhook(id);
  expect(receiver.messages).toHaveLength(1);
  const [message] = receiver.messages;
  expect(message?.headers["webhook-id"]).toBe(id);
  expect(verifyMessage(secret, message)).toMatchObject({ type: "post.published", data: { post_id: "42" } });
  expect(await getDelivery(organizationId, webhookId, id)).toMatchObject({
    status: "delivered",
    delivered_at: expect.any(String),
    next_attempt_at: null,
    attempts: [{ status: 204, error: null }],
  });
});

test("a receiver that fails is asked again for about a day, always the same, and then no more", async () => {
  const { receiver, organizationId, webhookId } = await createReceiver(() => ({ status: 500 }));
  const id = await announceOne(organizationId);
  const waits = await deliverToTheEnd(id);
  expect(receiver.messages).toHaveLength(9);
  expect(new Set(receiver.messages.map(({ body, headers }) => `${headers["webhook-id"]} ${body}`)).size).toBe(1);
  const lasted = waits.reduce((sum, seconds) => sum + seconds, 0);
  expect(Math.abs(lasted / DAY_SECONDS - 1)).toBeLessThan(0.15);
  const { status, attempts, next_attempt_at } = await getDelivery(organizationId, webhookId, id);
  expect({ status, next_attempt_at }).toEqual({ status: "failed", next_attempt_at: null });
  expect(attempts.map((attempt) => attempt.status)).toEqual(Array(9).fill(500));
});

test("each try is signed with its own moment", async () => {
  const { receiver, organizationId } = await createReceiver(() => ({ status: 500 }));
  const id = await announceOne(organizationId);
  const begun = Math.floor(Date.now() / 1000) * 1000;
  vi.useFakeTimers({ toFake: ["Date"] });
  for (const hours of [0, 1, 5]) {
    vi.setSystemTime(begun + hours * HOUR_MILLISECONDS);
    await letTimePass(id);
    await deliverWebhook(id);
  }
  vi.useRealTimers();
  const hoursSigned = receiver.messages.map(
    ({ headers }) => (Number(headers["webhook-timestamp"]) * 1000 - begun) / HOUR_MILLISECONDS,
  );
  expect(hoursSigned.map((hours) => Math.round(hours * 100) / 100)).toEqual([0, 1, 5]);
});

test("a receiver that comes back is told", async () => {
  const answers = [{ status: 500 }, "cut" as const, { status: 404 }];
  const { receiver, organizationId, webhookId } = await createReceiver(() => answers.shift() ?? { status: 200 });
  const id = await announceOne(organizationId);
  expect(await deliverToTheEnd(id)).toHaveLength(3);
  expect(receiver.messages).toHaveLength(4);
  const { status, attempts } = await getDelivery(organizationId, webhookId, id);
  expect(status).toBe("delivered");
  const cut = "The connection to this address ended before the answer was complete.";
  expect(attempts.map((attempt) => attempt.status ?? attempt.error)).toEqual([500, cut, 404, 200]);
});

test("nothing is tried before it is due", async () => {
  const { receiver, organizationId } = await createReceiver(() => ({
    status: 503,
    headers: { "Retry-After": "3600" },
  }));
  const id = await announceOne(organizationId);
  await deliverWebhook(id);
  await deliverWebhook(id);
  expect(receiver.messages).toHaveLength(1);
  const { wakeAt } = await db.prisma.webhookDelivery.findUniqueOrThrow({ where: { id } });
  expect(Math.abs((wakeAt?.getTime() ?? 0) - Date.now() - 3_600_000)).toBeLessThan(30_000);
});

test("a delivery whose secret cannot be opened has failed, with a reason, and is not tried for ever", async () => {
  const { receiver, organizationId, webhookId } = await createReceiver();
  const id = await announceOne(organizationId);
  await db.prisma.webhookEndpoint.update({ where: { id: webhookId }, data: { secret: "v1.gone.AAAA.AAAA.AAAA" } });
  const written = vi.spyOn(process.stdout, "write");
  await deliverWebhook(id);
  expect(written, "tests are silent").not.toHaveBeenCalled();
  written.mockRestore();
  expect(await getDelivery(organizationId, webhookId, id)).toMatchObject({
    status: "failed",
    next_attempt_at: null,
    attempts: [{ status: null, error: expect.stringMatching(/cannot decrypt the signing secret/) }],
  });
  expect(receiver.messages).toHaveLength(0);
});

test("a receiver that is gone for good is disabled and told nothing more", async () => {
  const { receiver, organizationId, webhookId } = await createReceiver(() => ({ status: 410 }));
  const [first, second] = [await announceOne(organizationId), await announceOne(organizationId)];
  await deliverWebhook(first);
  await deliverWebhook(second);
  expect(receiver.messages).toHaveLength(1);
  expect((await db.prisma.webhookEndpoint.findUniqueOrThrow({ where: { id: webhookId } })).disabledAt).not.toBeNull();
  expect(await getDelivery(organizationId, webhookId, first)).toMatchObject({
    status: "failed",
    attempts: [{ status: 410 }],
  });
  expect(await getDelivery(organizationId, webhookId, second)).toMatchObject({ status: "failed", attempts: [] });
  await expect(announceOne(organizationId)).rejects.toThrow("Nobody");
});

test("why there was no answer is written down in words", async () => {
  const port = await findFreePort();
  const owner = await createMember();
  const { organizationId } = owner;
  allowHosts(`127.0.0.1:${port}`);
  const url = `http://127.0.0.1:${port}/`;
  const { id: webhookId } = await createWebhook(owner, { url, events: ["post.published"] });
  const id = await announceOne(organizationId);
  await deliverWebhook(id);
  const { attempts } = await getDelivery(organizationId, webhookId, id);
  expect(attempts).toMatchObject([{ status: null, error: expect.stringMatching(/^Nothing answers/) }]);
  const told = await getDelivery(organizationId, webhookId, id, "zh-TW");
  expect(told.attempts).toMatchObject([{ error: "這個網址沒有回應。請確認接收端正在執行，且可以從這裡連線。" }]);
});

test("a claim whose process died lapses, and whoever lost a claim writes nothing any more", async () => {
  const second = Promise.withResolvers<void>();
  const { receiver, organizationId, webhookId } = await createReceiver(() => {
    if (receiver.messages.length > 1) return { status: 204 };
    // The first try is still under way when its claim has lapsed and somebody else has delivered it.
    letTimePass(id)
      .then(() => deliverWebhook(id))
      .then(second.resolve, second.reject);
    return second.promise.then(() => ({ status: 500 }));
  });
  const id = await announceOne(organizationId);
  await deliverWebhook(id);
  expect(receiver.messages).toHaveLength(2);
  expect(await getDelivery(organizationId, webhookId, id)).toMatchObject({
    status: "delivered",
    attempts: [{ status: 204 }],
  });
});

test("what is due is claimed, and many for one receiver leave room for others", async () => {
  const [busy, quiet] = [await createReceiver(), await createReceiver()];
  for (let count = 0; count < 7; count++) await announceOne(busy.organizationId);
  const quietId = await announceOne(quiet.organizationId);
  const { claims } = await claimMany(DELIVERIES, { limit: 100, perLane: 5, lanesUnderWay: [busy.webhookId] });
  expect(claims).toHaveLength(5);
  expect(claims.map(({ id }) => id)).toContain(quietId);
  const rest = await claimMany(DELIVERIES, { limit: 1, perLane: 100, lanesUnderWay: [] });
  expect(rest.claims).toHaveLength(1);
});
