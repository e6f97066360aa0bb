import { database } from "#lib/db/database";

const MAX_PER_ENDPOINT = 5;

/** Deliveries that are due, longest waiting first, and few of each endpoint, so that a slow one holds up no other. */
export const listDueDeliveries = async (limit: number, now = new Date()): Promise<string[]> => {
  const { prisma } = await database();
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT id, wake_at, row_number() OVER (PARTITION BY endpoint_id ORDER BY wake_at) AS place
      FROM webhook_deliveries WHERE wake_at <= ${now}
    ) AS due
    WHERE place <= ${MAX_PER_ENDPOINT} ORDER BY wake_at LIMIT ${limit}`;
  return rows.map(({ id }) => id);
};
