import type { MigrationTarget } from "#lib/db/migrate";
import { toLiteral } from "#lib/db/to-literal";

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
export type Correction = { column: string; count: number }[];

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
