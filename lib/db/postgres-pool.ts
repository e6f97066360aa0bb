import { setTimeout } from "node:timers/promises";
import { Pool, type PoolClient, type QueryResult } from "pg";
import { isConnectionLost, noteCommit, UncertainCommitError } from "#lib/db/database-errors";
import { PostgresClient, type SessionRules } from "#lib/db/postgres-client";
import { log, toLogFields } from "#lib/log";

type PoolOptions = {
  rules: SessionRules;
  /** Whether each statement needs its own transaction for the rules to apply. */
  isWrapped: boolean;
  /** Whether its statements change users' data, and not only counters. */
  isOfUsers: boolean;
};

type Asked = string | { text: string };

const READ = /^\s*SELECT\b/i;
// Deadlock and serialisation failure: neither transaction was committed.
const COLLISION = ["40001", "40P01"];
const TRIES = 5;

/** A connection pool that is shared by single statements. It retries a statement after a collision. */
export class PostgresPool extends Pool {
  readonly #options: PoolOptions;

  constructor(config: object, options: PoolOptions) {
    super({ ...config, rules: options.rules, Client: PostgresClient } as object);
    this.#options = options;
    // The next query replaces a broken idle connection. Without a listener, the event would end the process.
    this.on("error", (error) => log("warn", "An idle database connection broke", toLogFields(error)));
  }

  // The driver's own method has an overload for every kind of call.
  override query = (async (asked: Asked, values?: unknown[]): Promise<QueryResult> => {
    for (let tried = 1; ; tried++) {
      try {
        return await this.#ask(asked, values);
      } catch (error) {
        if (tried === TRIES || !COLLISION.includes((error as { code?: string }).code ?? "")) throw error;
        await setTimeout(Math.random() * 10 * 2 ** tried);
      }
    }
  }) as Pool["query"];

  async #ask(asked: Asked, values: unknown[] | undefined): Promise<QueryResult> {
    const client = await this.connect();
    const { isWrapped, isOfUsers } = this.#options;
    const isChange = !READ.test(typeof asked === "string" ? asked : asked.text);
    let broken: Error | undefined;
    try {
      if (isWrapped) return await askInTransaction(client, asked, values, isChange);
      return await askAlone(client, asked, values, isChange && isOfUsers);
    } catch (error) {
      if (error instanceof UncertainCommitError || isConnectionLost(error)) broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

// A statement that writes commits when it ends, and a broken connection hides whether it did.
async function askAlone(client: PoolClient, asked: Asked, values: unknown[] | undefined, isChange: boolean) {
  try {
    const answer = await client.query(asked as string, values);
    if (isChange) noteCommit();
    return answer;
  } catch (cause) {
    throw isChange && isConnectionLost(cause) ? new UncertainCommitError({ cause }) : cause;
  }
}

async function askInTransaction(client: PoolClient, asked: Asked, values: unknown[] | undefined, isChange: boolean) {
  await client.query("BEGIN");
  try {
    const answer = await client.query(asked as string, values);
    await client.query(isChange ? "COMMIT" : "ROLLBACK");
    return answer;
  } catch (error) {
    if (!(error instanceof UncertainCommitError) && !isConnectionLost(error)) await client.query("ROLLBACK");
    throw error;
  }
}
