import { PrismaPg } from "@prisma/adapter-pg";
import { Client, Pool } from "pg";
import type { Connection } from "#lib/db/connection";
import { log, toLogFields } from "#lib/log";

/** The database at DATABASE_URL does not answer. The message is for the operator and holds no password. */
export class DatabaseUnreachableError extends Error {
  override name = "DatabaseUnreachableError";
}

// An operator waits for this one, and is told within two seconds.
const FIRST_CONNECTION_MILLISECONDS = 1500;
// Checking a key never waits for a page's queries. One for keys and one for their limits: each asks one thing at a time.
const QUICK_CONNECTIONS = 2;
// Who ends a key waits for those who write by it, not for a turn among them. One to wait so, and one to recognise people.
const URGENT_CONNECTIONS = 2;
const LIMITS = { connectionTimeoutMillis: 3000, statement_timeout: 10_000, query_timeout: 10_000 };

/** Opens the PostgreSQL database at the address. Throws `DatabaseUnreachableError` when it cannot be reached now. */
export const openPostgres = async (databaseUrl: string): Promise<Connection> => {
  await requireReachable(databaseUrl);
  const pool = openPool(databaseUrl, { max: 8 });
  const quick = openPool(databaseUrl, { max: QUICK_CONNECTIONS });
  const urgent = openPool(databaseUrl, { max: URGENT_CONNECTIONS });
  return {
    kind: "postgresql",
    adapterFactory: new PrismaPg(pool),
    urgentAdapterFactory: new PrismaPg(urgent),
    query: async (statement, values) => (await quick.query({ ...statement, values })).rows,
    executeSql: async (text, values) => {
      const results = [await pool.query(text, values)].flat();
      return { rows: results.flatMap(({ rows }) => rows) };
    },
    migrationTarget: () => {
      // A transaction needs one connection that stays, and migrations may take longer than a request.
      const single = openPool(databaseUrl, { max: 1, idleTimeoutMillis: 0, statement_timeout: 0, query_timeout: 0 });
      return {
        execute: (sql) => single.query(sql),
        adapterFactory: new PrismaPg(single),
        close: () => single.end(),
      };
    },
    close: async () => {
      await Promise.all([pool.end(), quick.end(), urgent.end()]);
    },
  };
};

async function requireReachable(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: FIRST_CONNECTION_MILLISECONDS });
  // What breaks after the attempt failed is of no interest any more.
  client.on("error", () => {});
  try {
    await client.connect();
    await client.end();
  } catch (cause) {
    throw new DatabaseUnreachableError(
      `DATABASE_URL: the database at ${new URL(databaseUrl).host} cannot be reached (${reason(cause)}). Start it, or correct the address, for example DATABASE_URL=postgresql://boring@localhost/boring.`,
      { cause },
    );
  }
}

function openPool(connectionString: string, options: object): Pool {
  const pool = new Pool({ connectionString, ...LIMITS, ...options });
  // An idle connection that breaks is replaced at the next query; unheard, the event would end the process.
  pool.on("error", (error) => log("warn", "An idle database connection broke", toLogFields(error)));
  return pool;
}

function reason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return code ?? message;
}
