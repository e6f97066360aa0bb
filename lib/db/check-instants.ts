import type { Connection } from "#lib/db/connection";

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

const isNear = (moment: string) => `abs(extract(epoch FROM written - (${moment}))) < ${TOLERANCE_SECONDS}`;
const COUNT = {
  name: "count-witnesses",
  text: `SELECT count(*)::int AS all, (count(*) FILTER (WHERE ${isNear("made")}))::int AS right,
           (count(*) FILTER (WHERE ${isNear("(made AT TIME ZONE 'UTC') AT TIME ZONE $1::text")}))::int AS zoned
         FROM (${WITNESSED}) AS witnessed`,
};
const IS_UTC = {
  name: "is-utc",
  text: `SELECT bool_and(moment AT TIME ZONE 'UTC' = moment AT TIME ZONE $1::text) AS "isUtc"
         FROM generate_series(timestamptz '2026-01-01Z', '2028-01-01Z', interval '1 week') AS moment`,
};

/** Asks the rows whether their moments are what they say, or were written in the given zone. Reads every witness. */
export const checkInstants = async (connection: Connection, zone: string): Promise<InstantVerdict> => {
  const [counted] = await connection.query<Count>(COUNT, [zone]);
  const { all, right, zoned } = counted ?? { all: 0, right: 0, zoned: 0 };
  if (all === 0) return "right";
  // Of a zone that is on UTC in winter, rows that were made in winter cannot tell.
  if (right === all) return zoned === all && !(await isUtc(connection, zone)) ? "zoned" : "right";
  return zoned === all ? "zoned" : "mixed";
};

async function isUtc(connection: Connection, zone: string): Promise<boolean> {
  const [row] = await connection.query<{ isUtc: boolean }>(IS_UTC, [zone]);
  return row?.isUtc === true;
}
