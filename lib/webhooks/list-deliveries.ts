import { database } from "#lib/db/database";
import type { Locale } from "#lib/i18n/schema";
import { getEndpoint } from "#lib/webhooks/get-endpoint";
import type { Delivery } from "#lib/webhooks/schema";
import { DELIVERY_INCLUDE, toDelivery } from "#lib/webhooks/to-delivery";

/** What was and will be sent to one of the user's webhooks, newest first, and how much there is in all. Throws 404. */
export const listDeliveries = async (
  userId: string,
  webhookId: string | undefined,
  { skip, take, locale }: { skip: number; take: number; locale?: Locale | undefined },
): Promise<{ count: number; deliveries: Delivery[] }> => {
  const { prisma } = await database();
  const { id: endpointId } = await getEndpoint(prisma, userId, webhookId);
  const where = { endpointId };
  const [count, rows] = await prisma.$transaction([
    prisma.webhookDelivery.count({ where }),
    prisma.webhookDelivery.findMany({ where, include: DELIVERY_INCLUDE, orderBy: { id: "desc" }, skip, take }),
  ]);
  return { count, deliveries: rows.map((row) => toDelivery(row, locale)) };
};
