// Fills the database in the environment with due deliveries to one receiver. It runs in the build that it was copied into.
// An older build delivers from its queue and not from the rows, so they are added there as well.
import { closeDatabase, database } from "#lib/db/database";

const [url = "", count = "0"] = process.argv.slice(2);
// In variables, because the compiler would otherwise resolve both: an older build has only the second.
const [module, olderModule] = ["#lib/webhooks/change-webhook", "#lib/webhooks/create-webhook"];
type WebhookModule = { createWebhook(actor: object, webhook: object): Promise<{ id: string }> };
const { createWebhook } = (await import(module).catch(() => import(olderModule))) as WebhookModule;
const { prisma, connection } = await database();
// Of an older build's accounts, users are the owners.
type Owned = { organizationId?: string; userId?: string };
const { organizationId, userId }: Owned = await prisma.socialAccount.findFirstOrThrow();
const member = organizationId ? await prisma.membership.findFirstOrThrow({ where: { organizationId } }) : undefined;
const actor = {
  kind: "user",
  organizationId,
  userId: member?.userId ?? userId,
  address: null,
  userAgent: null,
} as const;
const { id: endpointId } = await createWebhook(actor, { url, events: ["post.published"] });

const target = connection.migrationTarget();
await target.execute(`
  INSERT INTO webhook_deliveries (id, endpoint_id, event, payload, wake_at)
  SELECT gen_random_uuid(), '${endpointId}', 'post.published', '{"type":"post.published","data":{"n":' || n || '}}', now()
  FROM generate_series(1, ${Number(count)}) AS n`);
await target.close();

type Queue = { insert(name: string, jobs: object[]): Promise<unknown>; stop(options: object): Promise<unknown> };
type QueueModule = { openQueue(): Promise<Queue>; QUEUES: { webhookDeliveries: string } };
const queueModule = "#lib/queue/open-queue";
const older = (await import(queueModule).catch(() => undefined)) as QueueModule | undefined;
if (older) {
  const deliveries = await prisma.webhookDelivery.findMany({ select: { id: true } });
  const queue = await older.openQueue();
  await queue.insert(
    older.QUEUES.webhookDeliveries,
    deliveries.map(({ id }) => ({ data: { id } })),
  );
  await queue.stop({ close: false });
}
await closeDatabase();
