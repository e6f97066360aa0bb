import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkKeyring, listUsedKeyIds } from "#lib/credentials/check-keyring";
import { makeTestKey } from "#lib/credentials/testing/test-keyring";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { createMember } from "#lib/organizations/testing/test-member";
import { allowHosts } from "#lib/outbound/testing/test-server";
import { useTestKey } from "#lib/testing/process-state";
import { announce } from "#lib/webhooks/announce";
import { createWebhook, deleteWebhook, rotateWebhookSecret, updateWebhook } from "#lib/webhooks/change-webhook";
import { listDeliveries } from "#lib/webhooks/list-deliveries";
import { listWebhooks } from "#lib/webhooks/list-webhooks";
import { createWebhookSchema, updateWebhookSchema } from "#lib/webhooks/schema";
import { openSecret } from "#lib/webhooks/seal-secret";
import { announceOne } from "#lib/webhooks/testing/test-webhook";

let db: Database;

beforeAll(async () => {
  db = await useMemoryDatabase();
  useTestKey();
  allowHosts();
});
afterAll(closeDatabase);

const URL = "https://example.com/hook?token=hidden";
const create = async (events: Parameters<typeof createWebhook>[1]["events"] = ["post.published"]) => {
  const owner = await createMember();
  return { owner, organizationId: owner.organizationId, ...(await createWebhook(owner, { url: URL, events })) };
};
const listActions = async (ownerId: string) => {
  const rows = await db.prisma.auditEvent.findMany({ where: { ownerId }, orderBy: { seq: "asc" } });
  return rows.map(({ action, details }) => ({ action, details }));
};
const ALL = { skip: 0, take: 100 };

test("a webhook's secret is told once, stored encrypted, and its key is registered", async () => {
  const { organizationId, id, secret } = await create();
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
  expect(await listWebhooks(organizationId)).toEqual([
    { id, url: URL, events: ["post.published"], is_active: true, created_at: expect.any(String), disabled_at: null },
  ]);
  const stored = (await db.prisma.webhookEndpoint.findUniqueOrThrow({ where: { id } })).secret;
  expect(stored).toMatch(/^v1\.tests\./);
  expect(stored).not.toContain(secret.slice(6));
  expect(openSecret(id, stored)).toBe(secret);
  expect(await listUsedKeyIds(db.prisma)).toEqual(["tests"]);
  await expect(checkKeyring(db.prisma, [makeTestKey("tests")], [])).rejects.toThrow(/differs from the key/);
});

test.each([
  ["nonsense", /^url: Use an address/],
  ["ftp://example.com/", /^url: Use an address/],
  ["https://ada:pw@example.com/", /^url: Use an address/],
  ["https://example.com:8443/", /^url: This address is not allowed/],
  ["http://127.1/", /^url: This address is not allowed/],
  ["http://[::ffff:10.0.0.1]/", /^url: This address is not allowed/],
  // They understand no messages but their own.
  ["https://hooks.slack.com/services/x", /^url: Discord and Slack/],
  ["https://discord.com/api/webhooks/1/x", /^url: Discord and Slack/],
])("the address %s is refused by name", async (url, message) => {
  const owner = await createMember();
  const creating = createWebhook(owner, { url, events: ["post.failed"] });
  await expect(creating).rejects.toMatchObject({ code: "InvalidRequest", message: expect.stringMatching(message) });
});

test("an organization has at most ten webhooks, also when they are added at the same time", async () => {
  const owner = await createMember();
  const adding = Array.from({ length: 12 }, () => createWebhook(owner, { url: URL, events: ["post.failed"] }));
  const refused = (await Promise.allSettled(adding)).filter((result) => result.status === "rejected");
  expect(refused.map(({ reason }) => reason.code)).toEqual(["LimitReached", "LimitReached"]);
  expect(await listWebhooks(owner.organizationId)).toHaveLength(10);
});

test("events are chosen, each once, and a change changes something", () => {
  const url = "https://example.com/";
  expect(createWebhookSchema.safeParse({ url, events: [] }).success).toBe(false);
  expect(createWebhookSchema.safeParse({ url, events: ["post.failed", "post.failed"] }).success).toBe(false);
  expect(createWebhookSchema.safeParse({ url, events: ["webhook.test"] }).success).toBe(false);
  expect(updateWebhookSchema.safeParse({}).success).toBe(false);
});

test("an event goes to whoever is subscribed to it and nobody else", async () => {
  const { owner, organizationId, id } = await create(["post.published", "post.failed"]);
  await createWebhook(owner, { url: URL, events: ["account.revoked"] });
  const other = await create(["post.failed"]);
  const deliveryId = await announceOne(organizationId, "post.failed");
  const { deliveries } = await listDeliveries(organizationId, id, ALL);
  expect(deliveries).toMatchObject([{ id: deliveryId, event: "post.failed", status: "waiting", attempts: [] }]);
  const { payload, created_at } = deliveries[0] ?? {};
  expect(payload).toEqual({ type: "post.failed", timestamp: expect.any(String), data: { post_id: "42" } });
  expect(Math.abs(Date.parse(String(payload?.timestamp)) - Date.parse(created_at ?? ""))).toBeLessThan(5000);
  expect(
    await db.prisma.webhookDelivery.count({
      where: { endpoint: { organizationId: { in: [organizationId, other.organizationId] } } },
    }),
  ).toBe(1);
});

test("nothing is announced when what happened is rolled back", async () => {
  const { organizationId, id } = await create();
  const failing = db.prisma.$transaction(async (tx) => {
    await announce(tx, organizationId, "post.published", async () => ({}));
    throw new Error("rolled back");
  });
  await expect(failing).rejects.toThrow("rolled back");
  expect((await listDeliveries(organizationId, id, ALL)).count).toBe(0);
});

test("a disabled webhook is told nothing until it is enabled", async () => {
  const { owner, organizationId, id } = await create();
  await updateWebhook(owner, id, { is_active: false });
  await expect(announceOne(organizationId)).rejects.toThrow("Nobody");
  const changed = await updateWebhook(owner, id, { is_active: true, events: ["post.unknown"] });
  expect(changed).toMatchObject({ is_active: true, disabled_at: null, events: ["post.unknown"] });
  await expect(announceOne(organizationId)).rejects.toThrow("Nobody");
  await announceOne(organizationId, "post.unknown");
});

test("a new secret replaces the old one", async () => {
  const { owner, id, secret } = await create();
  const rotated = await rotateWebhookSecret(owner, id);
  expect(rotated.secret).not.toBe(secret);
  const stored = (await db.prisma.webhookEndpoint.findUniqueOrThrow({ where: { id } })).secret;
  expect(openSecret(id, stored)).toBe(rotated.secret);
});

test("a deleted webhook is gone with what was on its way", async () => {
  const { owner, organizationId, id } = await create();
  const deliveryId = await announceOne(organizationId);
  await deleteWebhook(owner, id);
  expect(await listWebhooks(organizationId)).toEqual([]);
  expect(await db.prisma.webhookDelivery.findUnique({ where: { id: deliveryId } })).toBeNull();
  await expect(deleteWebhook(owner, id)).rejects.toMatchObject({ code: "NotFound" });
});

test("another organization's webhook does not exist", async () => {
  const { id } = await create();
  const stranger = await createMember();
  for (const webhookId of [id, randomUUID(), "nonsense", undefined]) {
    const missing = { code: "NotFound", message: "Webhook not found" };
    await expect(updateWebhook(stranger, webhookId, { is_active: false })).rejects.toMatchObject(missing);
    await expect(rotateWebhookSecret(stranger, webhookId)).rejects.toMatchObject(missing);
    await expect(deleteWebhook(stranger, webhookId)).rejects.toMatchObject(missing);
    await expect(listDeliveries(stranger.organizationId, webhookId, ALL)).rejects.toMatchObject(missing);
  }
});

test("the log tells what happened to a webhook, without its secret or the end of its address", async () => {
  const { owner, organizationId, id, secret } = await create();
  await updateWebhook(owner, id, { events: ["post.failed"], is_active: false });
  await updateWebhook(owner, id, { events: ["post.failed"], is_active: false });
  await updateWebhook(owner, id, { is_active: true });
  await rotateWebhookSecret(owner, id);
  await deleteWebhook(owner, id);
  const log = await listActions(organizationId);
  expect(log.map(({ action }) => action)).toEqual([
    "webhook.created",
    "webhook.updated",
    "webhook.disabled",
    "webhook.enabled",
    "webhook.secret_rotated",
    "webhook.deleted",
  ]);
  for (const { details } of log) expect(JSON.parse(details)).toMatchObject({ webhook_id: id, host: "example.com" });
  expect(JSON.stringify(log)).not.toMatch(new RegExp(`hidden|${secret.slice(6, 20)}`));
});
