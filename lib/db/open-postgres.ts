import type { Pool } from "pg";
import type { Connection, Statement } from "#lib/db/connection";
import { toAdapterFactory } from "#lib/db/postgres-adapter";
import { PATIENCE_MILLISECONDS, PostgresClient, type SessionRules } from "#lib/db/postgres-client";
import { PostgresPool } from "#lib/db/postgres-pool";
import { type ProbedPostgres, probePostgres, readOwnTimeZone } from "#lib/db/probe-postgres";
import { readDatabaseUrl } from "#lib/db/read-database-url";

// Key checks never wait for a page's queries. One connection for keys, one for their limits: each runs one query at a time.
const QUICK_CONNECTIONS = 2;
// Ending a key waits for the writes on its behalf, but not for a connection behind them. One for that wait, one for session
// checks.
const URGENT_CONNECTIONS = 2;
const CONNECTIONS = 8;
// A pooler allows twenty by default, so this leaves room for a second instance.
const POOLED_CONNECTIONS = 5;
const STATEMENT_MILLISECONDS = 10_000;
const LIMITS = { connectionTimeoutMillis: PATIENCE_MILLISECONDS, query_timeout: STATEMENT_MILLISECONDS };

/** Opens the PostgreSQL database at the address. Throws `DatabaseUnreachableError` when it is unusable now. */
export const openPostgres = async (databaseUrl: string): Promise<Connection> => {
  const probed = await probePostgres(readDatabaseUrl(databaseUrl));
  const { config, schema, isDirect } = probed;
  const rules = toRules(probed);
  const isWrapped = rules.startup.DateStyle === undefined;
  const open = (max: number, isOfUsers: boolean) =>
    new PostgresPool({ ...config, ...LIMITS, max }, { rules, isWrapped, isOfUsers });
  const pool = open(isDirect ? CONNECTIONS : POOLED_CONNECTIONS, true);
  const urgent = open(URGENT_CONNECTIONS, true);
  const quick = open(QUICK_CONNECTIONS, false);
  return {
    kind: "postgresql",
    adapterFactory: toAdapterFactory(pool, schema),
    urgentAdapterFactory: toAdapterFactory(urgent, schema),
    query: isDirect ? askByName(quick) : ask(quick),
    write: isDirect ? askByName(pool) : ask(pool),
    ownTimeZone: () => readOwnTimeZone(config),
    migrationTarget: () => openMigrationTarget(probed),
    close: async () => {
      await Promise.all([pool.end(), quick.end(), urgent.end()]);
    },
  };
};

// Each transaction sets its own rules, because a role or a database may have any defaults. Behind a pooler, session settings
// could be lost, because the next transaction may use another connection.
function toRules({ isDirect, startup }: ProbedPostgres): SessionRules {
  const begin = ["BEGIN ISOLATION LEVEL READ COMMITTED"];
  if (!isDirect) begin.push(`SET LOCAL statement_timeout = ${STATEMENT_MILLISECONDS}`);
  if (!startup.DateStyle) begin.push("SET LOCAL DateStyle = ISO", "SET LOCAL TimeZone = UTC");
  const limits = { statement_timeout: String(STATEMENT_MILLISECONDS) };
  return { startup: isDirect ? { ...startup, ...limits } : startup, begin: begin.join("; ") };
}

// A prepared statement belongs to its connection. With one of these errors it was missing there, and nothing was executed.
const NOT_AS_PREPARED = ["26000", "42P05", "0A000"];

function ask(pool: Pool): Connection["query"] {
  return async ({ text }, values) => (await pool.query(text, values)).rows;
}

function askByName(pool: Pool): Connection["query"] {
  let isNamed = true;
  return async <Row>(statement: Statement, values: unknown[]) => {
    const { text } = statement;
    try {
      return (await pool.query({ ...(isNamed ? statement : { text }), values })).rows as Row[];
    } catch (error) {
      if (!isNamed || !NOT_AS_PREPARED.includes((error as { code?: string }).code ?? "")) throw error;
      isNamed = false;
      return (await pool.query({ text, values })).rows as Row[];
    }
  };
}

// A transaction needs one connection, not another one when the first is lost, and migrations may take longer than a request.
function openMigrationTarget(probed: ProbedPostgres): ReturnType<Connection["migrationTarget"]> {
  const { startup, begin } = toRules(probed);
  const rules = {
    startup: probed.isDirect ? { ...startup, statement_timeout: "0" } : startup,
    begin: `${begin}; SET LOCAL statement_timeout = 0`,
  };
  const client = new PostgresClient({ ...probed.config, rules } as never);
  let connecting: Promise<unknown> | undefined;
  return {
    execute: async (sql) => {
      connecting ??= client.connect();
      await connecting;
      return client.query(sql);
    },
    close: () => client.end(),
  };
}
