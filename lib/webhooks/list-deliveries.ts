import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { isUuid, toMoment } from "#lib/db/sql-values";
import { ApiError } from "#lib/errors";
import type { Locale } from "#lib/i18n/schema";
import { say } from "#lib/problems/problem";
import { tellStored } from "#lib/problems/tell-problem";
import { getEndpoint } from "#lib/webhooks/list-webhooks";
import { DELIVERY_RETENTION_DAYS, type Delivery, deliverySchema } from "#lib/webhooks/schema";

/** Lists the deliveries of one of the organization's webhooks, newest first, with the total count. Throws 404. */
export const listDeliveries = async (
  organizationId: string,
  webhookId: string | undefined,
  { skip, take, locale }: { skip: number; take: number; locale?: Locale | undefined },
): Promise<{ count: number; deliveries: Delivery[] }> => {
  const { prisma } = await database();
  const { id: endpointId } = await getEndpoint(prisma, organizationId, webhookId);
  const where = { endpointId };
  const [count, rows] = await prisma.$transaction([
    prisma.webhookDelivery.count({ where }),
    prisma.webhookDelivery.findMany({ where, include: DELIVERY_INCLUDE, orderBy: { id: "desc" }, skip, take }),
  ]);
  return { count, deliveries: rows.map((row) => toDelivery(row, locale)) };
};

/** Returns one delivery of one of the organization's webhooks. Throws 404. */
export const getDelivery = async (
  organizationId: string,
  webhookId: string,
  deliveryId: string | undefined,
  locale?: Locale,
): Promise<Delivery> => {
  const { prisma } = await database();
  const where = { endpointId: webhookId, endpoint: { organizationId } };
  const row =
    isUuid(deliveryId) &&
    (await prisma.webhookDelivery.findFirst({ where: { ...where, id: deliveryId }, include: DELIVERY_INCLUDE }));
  if (!row) throw new ApiError("NotFound", say("delivery_not_found"));
  return toDelivery(row, locale);
};

/** The relations that `toDelivery` needs. */
const DELIVERY_INCLUDE = { attemptRows: { orderBy: { number: "asc" } } } satisfies Prisma.WebhookDeliveryInclude;

type Row = Prisma.WebhookDeliveryGetPayload<{ include: typeof DELIVERY_INCLUDE }>;

/** Converts a delivery's row to its public shape. With a locale, its error is in that language, for the console. */
const toDelivery = (row: Row, locale?: Locale): Delivery =>
  deliverySchema.parse({
    id: row.id,
    event: row.event,
    status: row.status,
    created_at: toMoment(row.createdAt),
    delivered_at: row.deliveredAt && toMoment(row.deliveredAt),
    next_attempt_at: row.wakeAt && toMoment(row.wakeAt),
    payload: JSON.parse(row.payload),
    attempts: row.attemptRows.map(({ number, at, status, error, problem, milliseconds }) => ({
      number,
      at: toMoment(at),
      status,
      error: error && tellStored(problem, error, locale),
      milliseconds,
    })),
  });

const ROWS_AT_ONCE = 1000;

/** Removes settled deliveries older than thirty days, with their attempts, in batches. */
export const pruneDeliveries = async (now = currentMoment()): Promise<void> => {
  const { prisma } = await database();
  const end = new Date(now.getTime() - DELIVERY_RETENTION_DAYS * 86_400_000);
  const where = { createdAt: { lt: end }, wakeAt: null };
  for (let deleted = ROWS_AT_ONCE; deleted === ROWS_AT_ONCE; ) {
    deleted = (await prisma.webhookDelivery.deleteMany({ where, limit: ROWS_AT_ONCE })).count;
  }
};
