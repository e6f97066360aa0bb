import type { Connection, MigrationTarget } from "#lib/db/connection";
import { toLiteral } from "#lib/db/sql-values";

/**
 * What the stored moments show. `right`: they are correct. `zoned`: they are local times of the given zone, which the
 * earlier driver wrote without their offset. `mixed`: neither holds for all of them.
 */
type InstantVerdict = "right" | "zoned" | "mixed";

// The ids of these rows contain the moment of creation, which can be compared with the stored one.
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

/** Checks whether the stored moments are correct, or were written in the given zone. Reads every witness table. */
export const checkInstants = async (connection: Connection, zone: string): Promise<InstantVerdict> => {
  const [counted] = await connection.query<Count>(COUNT, [zone]);
  const { all, right, zoned } = counted ?? { all: 0, right: 0, zoned: 0 };
  if (all === 0) return "right";
  // In winter, a zone that is then on UTC cannot be told apart from UTC.
  if (right === all) return zoned === all && !(await isUtc(connection, zone)) ? "zoned" : "right";
  return zoned === all ? "zoned" : "mixed";
};

async function isUtc(connection: Connection, zone: string): Promise<boolean> {
  const [row] = await connection.query<{ isUtc: boolean }>(IS_UTC, [zone]);
  return row?.isUtc === true;
}

// The columns that the earlier driver wrote, by table. Moments that SQL wrote, by the database's clock or with an offset,
// are correct and not listed. The condition selects the driver's rows in columns that both wrote.
const WRITTEN_BY_DRIVER: [table: string, column: string, condition?: string][] = [
  ["users", "created_at"],
  // Copied from the users' when organizations were introduced.
  ["organizations", "created_at"],
  ["memberships", "created_at"],
  ["sessions", "created_at"],
  ["sessions", "last_seen_at"],
  ["sessions", "expires_at"],
  ["api_keys", "created_at"],
  // The database computed the expiry of a replaced key.
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
  // After an attempt, the database sets `wake_at`, unless the owner retried the post.
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

/** How many moments of each column were, or would be, corrected. */
type Correction = { column: string; count: number }[];

/**
 * Corrects every moment that the earlier driver wrote in a zone, all or none, and records that it was done. A dry run only
 * counts them. Throws when it was done before.
 */
export const correctInstants = async (
  { execute }: MigrationTarget,
  { zone, isDryRun }: { zone: string; isDryRun: boolean },
): Promise<Correction> => {
  await execute("BEGIN");
  try {
    // A second run waits here for the first, then fails because it was done.
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

/** The moments in the database are wrong. The message is for the operator. */
export class InstantsError extends Error {
  override name = "InstantsError";
}

/** Whether the check has passed before. */
export const CHECKED = { name: "instants-checked", text: "SELECT 1 FROM instant_checks" };
const NOTE = { name: "note-right-instants", text: "INSERT INTO instant_checks (id) VALUES (1) ON CONFLICT DO NOTHING" };

/**
 * Checks, once for each database, that earlier versions did not write its moments in the server's time zone. Throws
 * `InstantsError` otherwise: keys would expire, and posts go out, hours too early or too late.
 */
export const requireRightInstants = async (connection: Connection): Promise<void> => {
  if ((await connection.query(CHECKED, [])).length > 0) return;
  const zone = await connection.ownTimeZone();
  if ((await checkInstants(connection, zone)) === "right") return noteRightInstants(connection);
  throw new InstantsError(
    `The times in the database at DATABASE_URL are hours off: earlier versions wrote them in the server's time zone (now ${zone}). Stop every instance, make a backup, run npm run db:correct-times -- --dry-run, then npm run db:correct-times, and start again. See docs/operators.md.`,
  );
};

/** Records that the moments are correct. */
export const noteRightInstants = async (connection: Connection): Promise<void> => {
  await connection.write(NOTE, []);
};
