import type { Prisma } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/to-moment";
import type { Locale } from "#lib/i18n/schema";
import { tellStored } from "#lib/problems/stored-problem";
import { type Delivery, deliverySchema } from "#lib/webhooks/schema";

/** What has to be read of a delivery for `toDelivery`. */
export const DELIVERY_INCLUDE = { attemptRows: { orderBy: { number: "asc" } } } satisfies Prisma.WebhookDeliveryInclude;

type Row = Prisma.WebhookDeliveryGetPayload<{ include: typeof DELIVERY_INCLUDE }>;

/** What may leave of a delivery's row; why there was no answer in the language of who reads it in the console. */
export const toDelivery = (row: Row, locale?: Locale): Delivery =>
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
