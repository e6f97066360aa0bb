import { Pool } from "pg";
import type { Connection, Statement } from "#lib/db/connection";
import { toAdapterFactory } from "#lib/db/postgres-adapter";
import { PATIENCE_MILLISECONDS, PostgresClient, type SessionRules } from "#lib/db/postgres-client";
import { PostgresPool } from "#lib/db/postgres-pool";
import { type ProbedPostgres, probePostgres, readOwnTimeZone } from "#lib/db/probe-postgres";
import { readDatabaseUrl } from "#lib/db/read-database-url";
import { log, toLogFields } from "#lib/log";

// Checking a key never waits for a page's queries. One for keys and one for their limits: each asks one thing at a time.
const QUICK_CONNECTIONS = 2;
// Who ends a key waits for those who write by it, not for a turn among them. One to wait so, and one to recognise people.
const URGENT_CONNECTIONS = 2;
const CONNECTIONS = 8;
// Twenty are what a pooler lends by default; so many leave room for a second instance.
const POOLED_CONNECTIONS = 5;
const STATEMENT_MILLISECONDS = 10_000;
const LIMITS = { connectionTimeoutMillis: PATIENCE_MILLISECONDS, query_timeout: STATEMENT_MILLISECONDS };

/** Opens the PostgreSQL database at the address. Throws `DatabaseUnreachableError` when it cannot be used now. */
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

// Each transaction says how it wants to be treated, because a role or a database may be set to anything. What has to be
// said to each connection would be forgotten by a pooler that gives the next transaction to another one.
function toRules({ isDirect, startup }: ProbedPostgres): SessionRules {
  const begin = ["BEGIN ISOLATION LEVEL READ COMMITTED"];
  if (!isDirect) begin.push(`SET LOCAL statement_timeout = ${STATEMENT_MILLISECONDS}`);
  if (!startup.DateStyle) begin.push("SET LOCAL DateStyle = ISO", "SET LOCAL TimeZone = UTC");
  const limits = { statement_timeout: String(STATEMENT_MILLISECONDS) };
  return { startup: isDirect ? { ...startup, ...limits } : startup, begin: begin.join("; ") };
}

// A prepared statement stays with the connection that it was made on. Where it does not, after all, nothing was done yet.
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

// A transaction needs one connection that stays, and migrations may take longer than a request.
function openMigrationTarget(probed: ProbedPostgres): ReturnType<Connection["migrationTarget"]> {
  const { startup, begin } = toRules(probed);
  const rules = {
    startup: probed.isDirect ? { ...startup, statement_timeout: "0" } : startup,
    begin: `${begin}; SET LOCAL statement_timeout = 0`,
  };
  const options = {
    ...probed.config,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: LIMITS.connectionTimeoutMillis,
  };
  const single = new Pool({ ...options, rules, Client: PostgresClient } as object);
  single.on("error", (error) => log("warn", "An idle database connection broke", toLogFields(error)));
  return {
    execute: (sql) => single.query(sql),
    adapterFactory: toAdapterFactory(single, probed.schema),
    close: () => single.end(),
  };
}
