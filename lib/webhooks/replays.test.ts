import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { createMember } from "#lib/organizations/testing/test-member";
import { verifyMessage } from "#lib/standard-webhooks/testing/test-receiver";
import { useTestKey } from "#lib/testing/process-state";
import { rotateWebhookSecret, updateWebhook } from "#lib/webhooks/change-webhook";
import { deliverWebhook } from "#lib/webhooks/deliver-webhook";
import { pruneDeliveries } from "#lib/webhooks/list-deliveries";
import { replayDelivery, sendTestEvent } from "#lib/webhooks/send-now";
import { announceOne, createReceiver, deliverToTheEnd } from "#lib/webhooks/testing/test-webhook";

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

test("a test event is tried once, and what came of it is told at once", async () => {
  let status = 200;
  const { owner, receiver, webhookId, secret } = await createReceiver(() => ({ status }));
  expect(await sendTestEvent(owner, webhookId)).toMatchObject({ event: "webhook.test", status: "delivered" });
  expect(verifyMessage(secret, receiver.messages[0])).toMatchObject({ type: "webhook.test", data: {} });
  status = 500;
  const failed = { status: "failed", next_attempt_at: null, attempts: [{ status: 500 }] };
  expect(await sendTestEvent(owner, webhookId)).toMatchObject(failed);
  await updateWebhook(owner, webhookId, { is_active: false });
  await expect(sendTestEvent(owner, webhookId)).rejects.toMatchObject({ code: "InvalidState" });
  await expect(sendTestEvent(await createMember(), webhookId)).rejects.toMatchObject({
    code: "NotFound",
  });
});

test("a replay sends the same message again, signed anew, and begins its tries anew", async () => {
  let status = 500;
  const { owner, receiver, organizationId, webhookId } = await createReceiver(() => ({ status }));
  const id = await announceOne(organizationId);
  await deliverToTheEnd(id);
  await replayDelivery(owner, { webhookId, deliveryId: id });
  expect(await readRow(id)).toMatchObject({ status: "waiting", attempts: 1 });
  status = 200;
  const { secret } = await rotateWebhookSecret(owner, webhookId);
  const replayed = await replayDelivery(owner, { webhookId, deliveryId: id });
  expect(replayed).toMatchObject({ id, status: "delivered" });
  expect(replayed.attempts.map((attempt) => attempt.status)).toEqual([...Array(10).fill(500), 200]);
  expect(verifyMessage(secret, receiver.messages.at(-1))).toEqual(JSON.parse(receiver.messages[0]?.body ?? ""));
  expect(receiver.messages.at(-1)?.headers["webhook-id"]).toBe(id);
});

test("a replay of what is being tried, disabled or another's is refused", async () => {
  const { owner, organizationId, webhookId, receiver } = await createReceiver();
  const id = await announceOne(organizationId);
  const place = { webhookId, deliveryId: id };
  const claim = { claimId: crypto.randomUUID(), wakeAt: after(MINUTE_MILLISECONDS) };
  await db.prisma.webhookDelivery.update({ where: { id }, data: claim });
  await expect(replayDelivery(owner, place)).rejects.toMatchObject({ code: "InvalidState" });
  await db.prisma.webhookDelivery.update({ where: { id }, data: { ...claim, wakeAt: after(-1) } });
  await updateWebhook(owner, webhookId, { is_active: false });
  await expect(replayDelivery(owner, place)).rejects.toMatchObject({ code: "InvalidState" });
  const other = await createReceiver();
  for (const [asker, wrong] of [
    [other.owner, place],
    [owner, { ...place, deliveryId: "nonsense" }],
    [other.owner, { ...place, webhookId: other.webhookId }],
  ] as const) {
    await expect(replayDelivery(asker, wrong)).rejects.toMatchObject({ code: "NotFound" });
  }
  expect(receiver.messages).toHaveLength(0);
});

test("settled deliveries go after thirty days, and what still waits stays", async () => {
  const { organizationId } = await createReceiver();
  const [done, waiting] = [await announceOne(organizationId), await announceOne(organizationId)];
  await deliverWebhook(done);
  await pruneDeliveries(after(29 * DAY_MILLISECONDS));
  expect(await db.prisma.webhookDelivery.count()).toBe(2);
  await pruneDeliveries(after(31 * DAY_MILLISECONDS));
  expect(await db.prisma.webhookDelivery.findMany({ select: { id: true } })).toEqual([{ id: waiting }]);
});
