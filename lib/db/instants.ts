import type { Connection } from "#lib/db/connection";
import type { MigrationTarget } from "#lib/db/migrate";
import { toLiteral } from "#lib/db/sql-values";

/**
 * What the rows say of their moments. `right`: they are what they say. `zoned`: they were written in the zone asked about,
 * by the driver before, which left it away. `mixed`: neither holds for all of them.
 */
type InstantVerdict = "right" | "zoned" | "mixed";

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

// What the driver before wrote, by table. Not here is what was written in SQL, by the database's own clock or with its
// zone, and is right. Where both happened, the condition says which rows are the driver's.
const WRITTEN_BY_DRIVER: [table: string, column: string, condition?: string][] = [
  ["users", "created_at"],
  ["sessions", "created_at"],
  ["sessions", "last_seen_at"],
  ["sessions", "expires_at"],
  ["api_keys", "created_at"],
  // The end of a key that was replaced was computed by the database.
  ["api_keys", "expires_at", "NOT EXISTS (SELECT 1 FROM api_keys newer WHERE newer.replaces_id = row.id)"],
  ["api_keys", "disabled_at", "NOT EXISTS (SELECT 1 FROM key_leaks leak WHERE leak.key_id = row.id)"],
  ["api_keys", "revoked_at"],
  ["key_leaks", "reported_at", "source = 'owner'"],
  ["key_leaks", "acknowledged_at"],
  ["credential_keys", "created_at"],
  ["social_accounts", "created_at"],
  ["social_accounts", "updated_at"],
  ["social_accounts", "expires_at"],
  ["social_accounts", "revoked_at"],
  ["social_accounts", "checked_at"],
  ["social_accounts", "disconnected_at"],
  ["pending_connections", "expires_at"],
  // A post that was tried is woken by the database, unless its owner took it up again.
  ["posts", "wake_at", "status IN ('scheduled', 'queued') AND (attempts = 0 OR failures = 0)"],
  ["posts", "created_at"],
  ["posts", "scheduled_at"],
  ["webhook_endpoints", "created_at"],
  ["webhook_endpoints", "disabled_at"],
  ["webhook_deliveries", "created_at"],
  ["webhook_deliveries", "wake_at"],
  ["webhook_deliveries", "delivered_at"],
  ["webhook_delivery_attempts", "at"],
];

/** How many moments of each column were, or would be, moved. */
type Correction = { column: string; count: number }[];

/**
 * Moves every moment that the driver before wrote in a zone to the one that was meant, all of them or none, and notes
 * that it was done. A dry run counts, and changes nothing. Throws when it was done before.
 */
export const correctInstants = async (
  { execute }: MigrationTarget,
  { zone, isDryRun }: { zone: string; isDryRun: boolean },
): Promise<Correction> => {
  await execute("BEGIN");
  try {
    // Whoever comes second waits here for the first, and finds that it is done.
    await execute(`INSERT INTO instant_checks (id, corrected_from) VALUES (1, ${toLiteral(zone)})`);
    const correction: Correction = [];
    for (const [table, column, condition = "true"] of WRITTEN_BY_DRIVER) {
      const meant = `(${column} AT TIME ZONE ${toLiteral(zone)}) AT TIME ZONE 'UTC'`;
      const statement = `UPDATE ${table} AS row SET ${column} = ${meant} WHERE ${column} <> ${meant} AND ${condition}`;
      const { rowCount } = (await execute(statement)) as { rowCount: number };
      if (rowCount > 0) correction.push({ column: `${table}.${column}`, count: rowCount });
    }
    await execute(isDryRun ? "ROLLBACK" : "COMMIT");
    return correction;
  } catch (error) {
    await execute("ROLLBACK").catch(() => {});
    throw error;
  }
};

/** The moments in the database are not what they say. The message is for the operator. */
export class InstantsError extends Error {
  override name = "InstantsError";
}

/** Whether this was seen to before. */
export const CHECKED = { name: "instants-checked", text: "SELECT 1 FROM instant_checks" };
const NOTE = { name: "note-right-instants", text: "INSERT INTO instant_checks (id) VALUES (1) ON CONFLICT DO NOTHING" };

/**
 * Makes sure, once for a database, that its moments were not written in the server's own time zone, as earlier versions
 * did. Throws `InstantsError` otherwise: keys would end, and posts go out, hours too early or too late.
 */
export const requireRightInstants = async (connection: Connection): Promise<void> => {
  if ((await connection.query(CHECKED, [])).length > 0) return;
  const zone = await connection.ownTimeZone();
  if ((await checkInstants(connection, zone)) === "right") return noteRightInstants(connection);
  throw new InstantsError(
    `The times in the database at DATABASE_URL are hours off: earlier versions wrote them in the server's time zone (now ${zone}). Stop every instance, make a backup, run npm run db:correct-times -- --dry-run, then npm run db:correct-times, and start again. docs/operators.md says more.`,
  );
};

/** Notes that the moments are what they say. */
export const noteRightInstants = async (connection: Connection): Promise<void> => {
  await connection.write(NOTE, []);
};
