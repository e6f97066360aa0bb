import type { Prisma } from "#lib/db/generated/client";

/** The ids of all keys with which something that is stored now was encrypted. */
export const listUsedKeyIds = async (tx: Prisma.TransactionClient): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT split_part(value, '.', 2) AS id
    FROM (
      SELECT credential AS value FROM social_accounts WHERE credential IS NOT NULL
      UNION ALL SELECT credential FROM pending_connections
      UNION ALL SELECT secret FROM webhook_endpoints
    ) AS stored`;
  return rows.map(({ id }) => id);
};
