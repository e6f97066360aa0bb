import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import { DELIVERY_RETENTION_DAYS } from "#lib/webhooks/schema";

const ROWS_AT_ONCE = 1000;

/** Removes settled deliveries that are older than thirty days, with their attempts, bit by bit. */
export const pruneDeliveries = async (now = currentMoment()): Promise<void> => {
  const { prisma } = await database();
  const end = new Date(now.getTime() - DELIVERY_RETENTION_DAYS * 86_400_000);
  const where = { createdAt: { lt: end }, wakeAt: null };
  for (let deleted = ROWS_AT_ONCE; deleted === ROWS_AT_ONCE; ) {
    deleted = (await prisma.webhookDelivery.deleteMany({ where, limit: ROWS_AT_ONCE })).count;
  }
};
