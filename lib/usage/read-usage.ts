import { currentTime } from "#lib/clock";
import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import { toMoment } from "#lib/db/to-moment";
import { keyNotFound } from "#lib/keys/key-not-found";
import { type Counts, OUTCOMES, type Period, type Usage, usageSchema } from "#lib/usage/schema";

const HOUR_MILLISECONDS = 3_600_000;
const PERIOD_BUCKETS = {
  "24h": { bucket: "hour", milliseconds: HOUR_MILLISECONDS, count: 24 },
  "7d": { bucket: "hour", milliseconds: HOUR_MILLISECONDS, count: 7 * 24 },
  "30d": { bucket: "day", milliseconds: 24 * HOUR_MILLISECONDS, count: 30 },
} as const;

type Row = { start: number | null; outcome: string | null; count: number | null };

/**
 * One of the user's keys' requests by outcome, over the period that ends with this hour or day. Unknown, deleted and
 * foreign keys are the same 404.
 */
export const readUsage = async (userId: string, keyId: string | undefined, period: Period): Promise<Usage> => {
  if (!isUuid(keyId)) throw keyNotFound();
  const { bucket, milliseconds, count } = PERIOD_BUCKETS[period];
  const now = currentTime();
  const since = now - (now % milliseconds) - (count - 1) * milliseconds;
  const { prisma } = await database();
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT (extract(epoch FROM date_trunc(${bucket}, u.hour, 'UTC')) * 1000)::float8 AS start, u.outcome,
           sum(u.count)::float8 AS count
    FROM api_keys k LEFT JOIN key_usage u ON u.key_id = k.id AND u.hour >= ${new Date(since).toISOString()}::timestamptz
    WHERE k.id = ${keyId}::uuid AND k.user_id = ${userId}::uuid AND k.revoked_at IS NULL
    GROUP BY 1, 2`;
  if (rows.length === 0) throw keyNotFound();
  const buckets = Array.from({ length: count }, (_, index) => {
    const start = since + index * milliseconds;
    return { start: toMoment(new Date(start)), ...toCounts(rows.filter((row) => row.start === start)) };
  });
  return usageSchema.parse({ period, bucket, totals: toCounts(rows), buckets });
};

function toCounts(rows: Row[]): Counts {
  const counts = { ok: 0, client_error: 0, server_error: 0, limited: 0, refused: 0 };
  for (const row of rows) {
    const outcome = OUTCOMES.find((name) => name === row.outcome);
    if (outcome) counts[outcome] += row.count ?? 0;
  }
  return counts;
}
