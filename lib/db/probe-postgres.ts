import type { ClientConfig } from "pg";
import type { Connection } from "#lib/db/connection";
import { DatabaseUnreachableError } from "#lib/db/database-errors";
import { PostgresClient, PostgresSocket } from "#lib/db/postgres-client";
import type { DatabaseAddress, TlsAttempt } from "#lib/db/read-database-url";

/** The facts about a server that other queries depend on, and how to connect to it. */
export type ProbedPostgres = {
  config: ClientConfig;
  /** Whether no pooler stands between, which may move each transaction to another connection. */
  isDirect: boolean;
  /** The accepted startup parameters, which fix the format of moments. */
  startup: Record<string, string>;
  /** The schema of unqualified table names. */
  schema: string;
};

const STARTUP = { DateStyle: "ISO", TimeZone: "UTC" };
const FACTS = `SELECT pg_backend_pid() AS pid, current_setting('DateStyle') AS style, current_setting('TimeZone') AS zone, current_schema() AS schema,
                      current_setting('server_encoding') AS encoding`;
type Facts = { pid: number; style: string; zone: string; schema: string | null; encoding: string };

// Another way to connect would not help here: wrong password, no such database, or no such server.
const FINAL = /^(28P01|3D000|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOENT|timeout expired)$/;
// How a pooler refuses a parameter that it does not track.
const PROTOCOL_VIOLATION = "08P01";

/**
 * Connects once, in the ways that DATABASE_URL allows, and finds out which kind of server answers. Throws
 * `DatabaseUnreachableError` when none does, or when it cannot store this product's data.
 */
export const probePostgres = async (address: DatabaseAddress): Promise<ProbedPostgres> => {
  let failure: unknown;
  for (const ssl of address.tlsAttempts) {
    const config = toConfig(address, ssl);
    const found = await askAsAllowed(config).catch((error: unknown) => {
      failure = error;
    });
    if (found) return judge(address, config, found);
    if (FINAL.test(toCode(failure))) break;
  }
  throw toUnreachable(address, failure);
};

/** The server's default time zone for this role and database. */
export const readOwnTimeZone = async (config: ClientConfig): Promise<string> => (await ask(config, {})).zone;

function toConfig({ connectionString, sslnegotiation }: DatabaseAddress, ssl: TlsAttempt): ClientConfig {
  const config = { connectionString, ssl, stream: () => new PostgresSocket() };
  return ssl && sslnegotiation ? { ...config, sslnegotiation } : config;
}

async function askAsAllowed(config: ClientConfig): Promise<Found> {
  try {
    return await ask(config, STARTUP);
  } catch (error) {
    if (toCode(error) !== PROTOCOL_VIOLATION) throw error;
    return ask(config, {});
  }
}

type Found = Facts & { isDirect: boolean; startup: Record<string, string> };

async function ask(config: ClientConfig, startup: Record<string, string>): Promise<Found> {
  const rules = { startup, begin: "BEGIN" };
  const client = new PostgresClient({
    ...config,
    rules,
  } as never);
  try {
    await client.connect();
    const { rows } = (await client.query({ text: FACTS })) as unknown as { rows: [Facts] };
    // A pooler assigns its own ids to its clients.
    return { ...rows[0], isDirect: client.processID === rows[0].pid, startup };
  } finally {
    void client.end().catch(() => {});
  }
}

function judge({ shown }: DatabaseAddress, config: ClientConfig, found: Found): ProbedPostgres {
  const { encoding, schema, isDirect, startup, style } = found;
  if (encoding !== "UTF8") {
    throw new DatabaseUnreachableError(
      `DATABASE_URL: the database at ${shown} stores text as ${encoding}. Create one that stores UTF8 (createdb --encoding=UTF8 --template=template0).`,
    );
  }
  if (schema === null) {
    throw new DatabaseUnreachableError(
      `DATABASE_URL: none of the schemas in the search_path exists in the database at ${shown}, or this role may not use them. Create a schema, or set another search_path for the role.`,
    );
  }
  // A pooler that accepts the parameters but ignores them is treated like one that refuses them.
  return { config, isDirect, schema, startup: style.startsWith("ISO") ? startup : {} };
}

function toUnreachable({ shown }: DatabaseAddress, cause: unknown): DatabaseUnreachableError {
  return new DatabaseUnreachableError(
    `DATABASE_URL: the database at ${shown || "localhost"} cannot be reached (${toReason(cause)}). Start it, or correct the address, for example DATABASE_URL=postgresql://boring@localhost/boring.`,
    { cause },
  );
}

function toCode(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}

// A server's message says more than its code; a socket's code says more than its message.
function toReason(error: unknown): string {
  const { code, message, severity } = error as NodeJS.ErrnoException & { severity?: string };
  return severity ? `${code}: ${message}` : (code ?? message);
}

// Covers the tables of the migrations. Events in the audit log are never changed.
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

/** Throws `DatabaseUnreachableError`, which names the missing right, unless the role may read and write every table. */
export const requireRights = async (connection: Connection): Promise<void> => {
  const missing = await connection.query<{ role: string; schema: string; table: string; rights: string }>(MISSING, []);
  const [first] = missing;
  if (!first) return;
  const others = missing.length > 1 ? ` (and rights on ${missing.length - 1} more)` : "";
  throw new DatabaseUnreachableError(
    `DATABASE_URL: the role ${first.role} lacks the right to ${first.rights} on the table ${first.table}${others}. As the owner of the tables, run: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${first.schema} TO ${first.role};`,
  );
};
