import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import { ApiError } from "#lib/errors";
import type { Locale } from "#lib/i18n/schema";
import { say } from "#lib/problems/problem";
import type { Delivery } from "#lib/webhooks/schema";
import { DELIVERY_INCLUDE, toDelivery } from "#lib/webhooks/to-delivery";

/** One delivery of one of the user's webhooks. Throws 404. */
export const getDelivery = async (
  userId: string,
  webhookId: string,
  deliveryId: string | undefined,
  locale?: Locale,
): Promise<Delivery> => {
  const { prisma } = await database();
  const where = { endpointId: webhookId, endpoint: { userId } };
  const row =
    isUuid(deliveryId) &&
    (await prisma.webhookDelivery.findFirst({ where: { ...where, id: deliveryId }, include: DELIVERY_INCLUDE }));
  if (!row) throw new ApiError("NotFound", say("delivery_not_found"));
  return toDelivery(row, locale);
};
