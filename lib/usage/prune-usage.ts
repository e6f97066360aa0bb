import { currentTime } from "#lib/clock";
import { database } from "#lib/db/database";
import { settings } from "#lib/env";

export const MAX_REQUESTS_PER_KEY = 10_000;

const DAY_MILLISECONDS = 86_400_000;
const ROWS_AT_ONCE = 1000;

/**
 * Deletes counts and requests older than USAGE_RETENTION_DAYS, and all but the newest 10,000 requests of each recently used
 * key. Works in small batches, so that nobody waits. Any instance may run it at any time.
 */
export const pruneUsage = async (): Promise<void> => {
  const { prisma } = await database();
  const end = new Date(currentTime() - settings().usageRetentionDays * DAY_MILLISECONDS);
  await repeat((limit) => prisma.keyUsage.deleteMany({ where: { hour: { lt: end } }, limit }));
  await repeat((limit) => prisma.keyRequest.deleteMany({ where: { at: { lt: end } }, limit }));
  for (const { keyId, oldestKept } of await findFullKeys()) {
    await repeat((limit) => prisma.keyRequest.deleteMany({ where: { keyId, at: { lt: oldestKept } }, limit }));
  }
};

async function repeat(deleteSome: (limit: number) => PromiseLike<{ count: number }>): Promise<void> {
  for (let deleted = ROWS_AT_ONCE; deleted === ROWS_AT_ONCE; ) deleted = (await deleteSome(ROWS_AT_ONCE)).count;
}

async function findFullKeys(): Promise<{ keyId: string; oldestKept: Date }[]> {
  const { prisma } = await database();
  return prisma.$queryRaw`
    SELECT used.key_id AS "keyId", kept.at AS "oldestKept"
    FROM (SELECT DISTINCT key_id FROM key_usage WHERE hour >= now() - interval '2 hours') AS used
    CROSS JOIN LATERAL (
      SELECT at FROM key_requests r WHERE r.key_id = used.key_id
      ORDER BY at DESC OFFSET ${MAX_REQUESTS_PER_KEY - 1} LIMIT 1
    ) AS kept`;
}
