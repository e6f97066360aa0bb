import type { Connection } from "#lib/db/connection";
import { toLiteral } from "#lib/db/to-literal";

/**
 * What the rows say of their moments. `right`: they are what they say. `zoned`: they were written in the zone asked about,
 * by the driver before, which left it away. `mixed`: neither holds for all of them.
 */
export type InstantVerdict = "right" | "zoned" | "mixed";

// The ids of these hold the moment at which the row was made, beside the moment that was written down.
const WITNESSES = ["users", "sessions", "social_accounts", "webhook_deliveries"];
const WITNESSED = WITNESSES.map(
  (table) => `SELECT created_at AS written,
                     to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0) AS made
              FROM ${table} WHERE substr(id::text, 15, 1) = '7'`,
).join(" UNION ALL ");
const TOLERANCE_SECONDS = 300;

type Count = { all: number; right: number; zoned: number };

/** Asks the rows whether their moments are what they say, or were written in the given zone. Reads every witness. */
export const checkInstants = async (connection: Connection, zone: string): Promise<InstantVerdict> => {
  const asWritten = `(made AT TIME ZONE 'UTC') AT TIME ZONE ${toLiteral(zone)}`;
  const isNear = (moment: string) => `abs(extract(epoch FROM written - (${moment}))) < ${TOLERANCE_SECONDS}`;
  const { rows } = await connection.executeSql(
    `SELECT count(*)::int AS all, (count(*) FILTER (WHERE ${isNear("made")}))::int AS right,
            (count(*) FILTER (WHERE ${isNear(asWritten)}))::int AS zoned FROM (${WITNESSED}) AS witnessed`,
  );
  const [{ all, right, zoned }] = rows as [Count];
  if (all === 0) return "right";
  // Of a zone that is on UTC in winter, rows that were made in winter cannot tell.
  if (right === all) return zoned === all && !(await isUtc(connection, zone)) ? "zoned" : "right";
  return zoned === all ? "zoned" : "mixed";
};

async function isUtc(connection: Connection, zone: string): Promise<boolean> {
  const text = `SELECT bool_and(moment AT TIME ZONE 'UTC' = moment AT TIME ZONE ${toLiteral(zone)}) AS "isUtc"
    FROM generate_series(timestamptz '2026-01-01Z', '2028-01-01Z', interval '1 week') AS moment`;
  const [row] = (await connection.executeSql(text)).rows as [{ isUtc: boolean }];
  return row.isUtc;
}
