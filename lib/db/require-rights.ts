import type { Connection } from "#lib/db/connection";
import { DatabaseUnreachableError } from "#lib/db/database-unreachable-error";

// Of the tables that came with the migrations. Nobody changes what the log of events holds.
const MISSING = {
  name: "missing-rights",
  text: `SELECT current_user AS role, current_schema() AS schema, c.relname AS "table", string_agg(wanted, ', ' ORDER BY wanted) AS rights
         FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS wanted
         WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
           AND c.relowner = (SELECT relowner FROM pg_class WHERE oid = to_regclass('_prisma_migrations'))
           AND (wanted IN ('SELECT', 'INSERT') OR c.relname <> 'audit_events')
           AND (wanted = 'SELECT' OR c.relname <> '_prisma_migrations')
           AND NOT has_table_privilege(c.oid, wanted)
         GROUP BY c.relname ORDER BY c.relname`,
};

/** Throws `DatabaseUnreachableError`, which says what is missing, unless the role may read and write every table. */
export const requireRights = async (connection: Connection): Promise<void> => {
  const missing = await connection.query<{ role: string; schema: string; table: string; rights: string }>(MISSING, []);
  const [first] = missing;
  if (!first) return;
  const others = missing.length > 1 ? ` (and something of ${missing.length - 1} more)` : "";
  throw new DatabaseUnreachableError(
    `DATABASE_URL: the role ${first.role} has no right to ${first.rights} on the table ${first.table}${others}. Let their owner run: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${first.schema} TO ${first.role};`,
  );
};
