import { currentTime } from "#lib/clock";
import { database } from "#lib/db/database";
import { SPARKLINE_DAYS } from "#lib/usage/schema";

const DAY_MILLISECONDS = 86_400_000;

/**
 * How many requests each of the user's keys was let in with, day by day (UTC) over the last 30 days, oldest first.
 * Keys that were not used then are left out.
 */
export const readSparklines = async (userId: string): Promise<Record<string, number[]>> => {
  const today = Math.floor(currentTime() / DAY_MILLISECONDS);
  const firstDay = today - SPARKLINE_DAYS + 1;
  const since = new Date(firstDay * DAY_MILLISECONDS).toISOString();
  const { prisma } = await database();
  const rows = await prisma.$queryRaw<{ keyId: string; day: number; count: number }[]>`
    SELECT k.id AS "keyId", floor(extract(epoch FROM u.hour) / 86400)::int AS day, sum(u.count)::float8 AS count
    FROM api_keys k JOIN key_usage u ON u.key_id = k.id AND u.hour >= ${since}::timestamptz
    WHERE k.user_id = ${userId}::uuid AND k.revoked_at IS NULL AND u.outcome <> 'refused'
    GROUP BY 1, 2`;
  const sparklines: Record<string, number[]> = {};
  for (const { keyId, day, count } of rows) {
    sparklines[keyId] ??= Array.from({ length: SPARKLINE_DAYS }, () => 0);
    sparklines[keyId][day - firstDay] = count;
  }
  return sparklines;
};
