import type { EventEmitter } from "node:events";
import { Socket } from "node:net";
import { Client, types } from "pg";
import { isConnectionLost, noteCommit, UncertainCommitError } from "#lib/db/database-errors";

/** How long whoever asks the database waits for a connection that others have, when many come at once. */
export const PATIENCE_MILLISECONDS = 15_000;

/** How a connection asks, whatever its server, role or database is set to. */
export type SessionRules = {
  /** Said when it connects. A pooler takes only those that it keeps track of. */
  startup: Record<string, string>;
  /** What every transaction begins with. */
  begin: string;
};

type Parsers = { getTypeParser(oid: number, format: string): (text: string) => unknown };
type Asked = { text: string; rowMode?: string; types?: Parsers };
type Answer = { command: string };
type Callback = (error: unknown, answer?: Answer) => void;

// Its own types have an overload for every way to ask. These are the two that are used.
type Driver = EventEmitter & {
  /** By which the server, or a pooler in front of it, knows the connection. */
  processID: number | null;
  connect(): Promise<unknown>;
  query(asked: string | Asked, values?: unknown[], callback?: Callback): Promise<Answer>;
  getStartupConf(): object;
  end(): Promise<void>;
};
const DriverClient = Client as unknown as new (config: object) => Driver;

// A pool has one time for connecting and for waiting until somebody gives a connection back; only the latter may be long.
const CONNECT_MILLISECONDS = 3000;

/** A connection whose moments are what they say, whose transactions read what is committed, and whose commits are known. */
export class PostgresClient extends DriverClient {
  readonly #rules: SessionRules;

  constructor(config: { rules: SessionRules }) {
    super({ ...config, connectionTimeoutMillis: CONNECT_MILLISECONDS });
    this.#rules = config.rules;
    // What breaks is told to whoever waits for an answer; unheard, the event would end the process.
    this.on("error", () => {});
  }

  override getStartupConf(): object {
    return { ...super.getStartupConf(), ...this.#rules.startup };
  }

  override query(asked: string | Asked, values?: unknown[], callback?: Callback): Promise<Answer> {
    const text = typeof asked === "string" ? asked : asked.text;
    if (text === "BEGIN") return super.query(this.#rules.begin, undefined, callback);
    if (text !== "COMMIT") return super.query(typeof asked === "string" ? asked : withOffsets(asked), values, callback);
    const committed = toCommitted(super.query(text));
    // A pool of the driver's own asks so.
    if (callback) committed.then((answer) => callback(undefined, answer), callback);
    return committed;
  }
}

async function toCommitted(answering: Promise<Answer>): Promise<Answer> {
  const answer = await answering.catch((cause) => {
    throw isConnectionLost(cause) ? new UncertainCommitError({ cause }) : cause;
  });
  // The server's answer to the COMMIT of a transaction in which something had failed.
  if (answer.command === "ROLLBACK") throw new Error("The transaction had failed and was rolled back.");
  noteCommit();
  return answer;
}

const MOMENT = types.builtins.TIMESTAMPTZ;
const MOMENTS = 1185;
const parseMoments = types.getTypeParser(MOMENTS as number) as (text: string) => unknown[];
const parseMoment = types.getTypeParser(MOMENT) as (text: string) => unknown;

// Prisma's adapter asks for rows as arrays, and its own parser takes every offset for +00:00.
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

// A number is what the driver makes of `infinity`, null of a date in another style than ISO: no moment at all is better
// than a wrong one.
function toIso(moment: unknown): string {
  if (moment instanceof Date) return moment.toISOString().replace("Z", "+00:00");
  throw new Error("The database wrote a moment in a way that cannot be read. Is its DateStyle ISO?");
}

// A second is more than a connection across the world takes, and leaves time for the next address.
const ATTEMPT_MILLISECONDS = 1000;

/**
 * A socket that gives each address of a name a second to answer before it tries the next. Node's own quarter of a second
 * gives up a distant server for an address that nobody reaches from here.
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
