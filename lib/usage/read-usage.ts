import { currentTime } from "#lib/clock";
import { database } from "#lib/db/database";
import type { KeyRequest as KeyRequestRow } from "#lib/db/generated/client";
import { isUuid, toMoment } from "#lib/db/sql-values";
import { keyNotFound } from "#lib/keys/end-key";
import {
  type Counts,
  type KeyRequest,
  keyRequestSchema,
  OUTCOMES,
  type Period,
  SPARKLINE_DAYS,
  type Usage,
  usageSchema,
} from "#lib/usage/schema";

const HOUR_MILLISECONDS = 3_600_000;
const PERIOD_BUCKETS = {
  "24h": { bucket: "hour", milliseconds: HOUR_MILLISECONDS, count: 24 },
  "7d": { bucket: "hour", milliseconds: HOUR_MILLISECONDS, count: 7 * 24 },
  "30d": { bucket: "day", milliseconds: 24 * HOUR_MILLISECONDS, count: 30 },
} as const;

type Row = { start: number | null; outcome: string | null; count: number | null };

/**
 * The requests of one of the organization's keys by outcome, for the period that ends with the current hour or day.
 * Throws 404 for unknown, deleted and foreign keys alike.
 */
export const readUsage = async (organizationId: string, keyId: string | undefined, period: Period): Promise<Usage> => {
  if (!isUuid(keyId)) throw keyNotFound();
  const { bucket, milliseconds, count } = PERIOD_BUCKETS[period];
  const now = currentTime();
  const since = now - (now % milliseconds) - (count - 1) * milliseconds;
  const { prisma } = await database();
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT (extract(epoch FROM date_trunc(${bucket}, u.hour, 'UTC')) * 1000)::float8 AS start, u.outcome,
           sum(u.count)::float8 AS count
    FROM api_keys k LEFT JOIN key_usage u ON u.key_id = k.id AND u.hour >= ${new Date(since).toISOString()}::timestamptz
    WHERE k.id = ${keyId}::uuid AND k.organization_id = ${organizationId}::uuid AND k.revoked_at IS NULL
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

const DAY_MILLISECONDS = 86_400_000;

/**
 * How many requests of each of the organization's keys were not refused, for each of the last 30 days (UTC), oldest
 * first. Keys without requests in that time are left out.
 */
export const readSparklines = async (organizationId: string): Promise<Record<string, number[]>> => {
  const today = Math.floor(currentTime() / DAY_MILLISECONDS);
  const firstDay = today - SPARKLINE_DAYS + 1;
  const since = new Date(firstDay * DAY_MILLISECONDS).toISOString();
  const { prisma } = await database();
  const rows = await prisma.$queryRaw<{ keyId: string; day: number; count: number }[]>`
    SELECT k.id AS "keyId", floor(extract(epoch FROM u.hour) / 86400)::int AS day, sum(u.count)::float8 AS count
    FROM api_keys k JOIN key_usage u ON u.key_id = k.id AND u.hour >= ${since}::timestamptz
    WHERE k.organization_id = ${organizationId}::uuid AND k.revoked_at IS NULL AND u.outcome <> 'refused'
    GROUP BY 1, 2`;
  const sparklines: Record<string, number[]> = {};
  for (const { keyId, day, count } of rows) {
    sparklines[keyId] ??= Array.from({ length: SPARKLINE_DAYS }, () => 0);
    sparklines[keyId][day - firstDay] = count;
  }
  return sparklines;
};

/**
 * One page of the recorded requests of one of the organization's keys, newest first, and the total count: all, only the
 * refused, or only the others. Throws 404 for unknown, deleted and foreign keys alike.
 */
export const listRequests = async (
  organizationId: string,
  keyId: string | undefined,
  { isRefused, skip, take }: { isRefused: boolean | undefined; skip: number; take: number },
): Promise<{ count: number; requests: KeyRequest[] }> => {
  if (!isUuid(keyId)) throw keyNotFound();
  const { prisma } = await database();
  const key = { organizationId, revokedAt: null };
  const where = { keyId, key, ...(isRefused !== undefined && { refusal: isRefused ? { not: null } : null }) };
  const orderBy = [{ at: "desc" as const }, { id: "desc" as const }];
  const [known, count, rows] = await prisma.$transaction([
    prisma.apiKey.count({ where: { id: keyId, ...key } }),
    prisma.keyRequest.count({ where }),
    prisma.keyRequest.findMany({ where, orderBy, skip, take }),
  ]);
  if (known === 0) throw keyNotFound();
  return { count, requests: rows.map(toKeyRequest) };
};

function toKeyRequest(row: KeyRequestRow): KeyRequest {
  return keyRequestSchema.parse({
    request_id: row.id,
    at: toMoment(row.at),
    method: row.method,
    route: row.route,
    status: row.status,
    refusal: row.refusal,
    milliseconds: Math.round(row.milliseconds * 10) / 10,
    address: row.address,
    user_agent: row.userAgent,
  });
}

/** How many requests one of the organization's keys made since a moment, by outcome. Counts whole hours. */
export const countRequests = async (organizationId: string, keyId: string, since: Date): Promise<Counts> => {
  const { prisma } = await database();
  const rows = await prisma.keyUsage.groupBy({
    by: ["outcome"],
    where: { keyId, key: { organizationId }, hour: { gte: since } },
    _sum: { count: true },
  });
  const counts = OUTCOMES.map((outcome) => [outcome, rows.find((row) => row.outcome === outcome)?._sum.count ?? 0]);
  return Object.fromEntries(counts) as Counts;
};
