import type { EventEmitter } from "node:events";
import { Socket } from "node:net";
import { Client, types } from "pg";
import { isConnectionLost, noteCommit, UncertainCommitError } from "#lib/db/database-errors";

/** How long a query waits for a free connection when many arrive at once. */
export const PATIENCE_MILLISECONDS = 15_000;

/** The session rules of a connection, whatever the defaults of its server, role or database. */
export type SessionRules = {
  /** Startup parameters. A pooler accepts only those that it tracks. */
  startup: Record<string, string>;
  /** The statements that begin every transaction. */
  begin: string;
};

type Parsers = { getTypeParser(oid: number, format: string): (text: string) => unknown };
type Asked = { text: string; rowMode?: string; types?: Parsers };
type Answer = { command: string };
type Callback = (error: unknown, answer?: Answer) => void;

// The package's own types have an overload for every kind of call. These are the two in use.
type Driver = EventEmitter & {
  /** The id by which the server, or a pooler, knows the connection. */
  processID: number | null;
  connect(): Promise<unknown>;
  query(asked: string | Asked, values?: unknown[], callback?: Callback): Promise<Answer>;
  getStartupConf(): object;
  end(): Promise<void>;
};
const DriverClient = Client as unknown as new (config: object) => Driver;

// A pool has one timeout for connecting and for waiting for a free connection. Only the latter may be long.
const CONNECT_MILLISECONDS = 3000;

/** A connection that returns correct moments, reads only committed data, and reports every commit. */
export class PostgresClient extends DriverClient {
  readonly #rules: SessionRules;
  #underWay: Promise<unknown> | undefined;

  constructor(config: { rules: SessionRules }) {
    super({ ...config, connectionTimeoutMillis: CONNECT_MILLISECONDS });
    this.#rules = config.rules;
    // A broken connection is reported to the caller who waits. Without a listener, the event would end the process.
    this.on("error", () => {});
  }

  override getStartupConf(): object {
    return { ...super.getStartupConf(), ...this.#rules.startup };
  }

  // Prisma reads several relations of a row at the same time, in a transaction on one connection. The driver takes the next
  // query only once the last has its answer.
  override query(asked: string | Asked, values?: unknown[], callback?: Callback): Promise<Answer> {
    if (callback) return this.#send(asked, values, callback);
    const answering = this.#underWay ? this.#underWay.then(() => this.#send(asked, values)) : this.#send(asked, values);
    const settled: Promise<unknown> = answering.then(
      () => this.#rest(settled),
      () => this.#rest(settled),
    );
    this.#underWay = settled;
    return answering;
  }

  #rest(settled: Promise<unknown>): void {
    if (this.#underWay === settled) this.#underWay = undefined;
  }

  #send(asked: string | Asked, values?: unknown[], callback?: Callback): Promise<Answer> {
    const text = typeof asked === "string" ? asked : asked.text;
    if (text === "BEGIN") return super.query(this.#rules.begin, undefined, callback);
    if (text !== "COMMIT") return super.query(typeof asked === "string" ? asked : withOffsets(asked), values, callback);
    const committed = toCommitted(super.query(text));
    // The driver's own pool calls with a callback.
    if (callback) committed.then((answer) => callback(undefined, answer), callback);
    return committed;
  }
}

async function toCommitted(answering: Promise<Answer>): Promise<Answer> {
  const answer = await answering.catch((cause) => {
    throw isConnectionLost(cause) ? new UncertainCommitError({ cause }) : cause;
  });
  // The server's answer to COMMIT in a transaction with a failed statement.
  if (answer.command === "ROLLBACK") throw new Error("The transaction had failed and was rolled back.");
  noteCommit();
  return answer;
}

const MOMENT = types.builtins.TIMESTAMPTZ;
const MOMENTS = 1185;
const parseMoments = types.getTypeParser(MOMENTS as number) as (text: string) => unknown[];
const parseMoment = types.getTypeParser(MOMENT) as (text: string) => unknown;

// Prisma's adapter requests rows as arrays, and its own parser reads every offset as +00:00.
function withOffsets(asked: Asked): Asked {
  const { types: given } = asked;
  if (asked.rowMode !== "array" || !given) return asked;
  const getTypeParser: Parsers["getTypeParser"] = (oid, format) => {
    if (oid === MOMENT) return (text) => toIso(parseMoment(text));
    if (oid === MOMENTS) return (text) => parseMoments(text).map(toIso);
    return given.getTypeParser(oid, format);
  };
  return { ...asked, types: { getTypeParser } };
}

// The driver returns a number for `infinity`, and null for a date in another style than ISO. An error is better than a wrong
// moment.
function toIso(moment: unknown): string {
  if (moment instanceof Date) return moment.toISOString().replace("Z", "+00:00");
  throw new Error("The database wrote a moment in a way that cannot be read. Is its DateStyle ISO?");
}

// Enough for any connection in the world, with time left for the next address.
const ATTEMPT_MILLISECONDS = 1000;

/**
 * A socket that gives each address of a host name a second before it tries the next. Node's quarter of a second would give
 * up a distant server in favour of an unreachable address.
 */
export class PostgresSocket extends Socket {
  override connect(...asked: never[]): this {
    const [port, host] = asked as unknown as [number | string, string | undefined];
    if (typeof port === "string" && host === undefined) return super.connect(port);
    const options = {
      port: Number(port),
      host,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: ATTEMPT_MILLISECONDS,
    };
    return super.connect(options as { port: number });
  }
}
