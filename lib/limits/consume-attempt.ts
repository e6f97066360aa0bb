import ipaddr from "ipaddr.js";
import type { RateLimiterMemory, RateLimiterPostgres } from "rate-limiter-flexible";
import { currentClockDifference } from "#lib/clock";
import type { Connection } from "#lib/db/connection";
import { database } from "#lib/db/database";

export type AttemptLimit = { points: number; durationSeconds: number };

export type Attempt = { isAllowed: true } | { isAllowed: false; retryAfterSeconds: number };

/**
 * Counts one attempt of the kind `name` from an address, and returns whether it is within the limit. The count is exact even
 * for concurrent attempts. On PostgreSQL all instances share it.
 */
export const consumeAttempt = (name: string, address: string, limit: AttemptLimit): Promise<Attempt> =>
  consume(name, toSource(address), limit);

/** The same for attempts of a person, wherever they come from. */
export const consumePersonalAttempt = (name: string, userId: string, limit: AttemptLimit): Promise<Attempt> =>
  consume(name, userId, limit);

async function consume(name: string, source: string, limit: AttemptLimit): Promise<Attempt> {
  const limiter = await findLimiter(name, limit);
  try {
    await limiter.consume(source);
    return { isAllowed: true };
  } catch (refusal) {
    if (refusal instanceof Error) throw refusal;
    const { msBeforeNext } = refusal as { msBeforeNext: number };
    return { isAllowed: false, retryAfterSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) };
  }
}

type Limiter = RateLimiterMemory | RateLimiterPostgres;

const limitersOf = new WeakMap<Connection, Map<string, Promise<Limiter>>>();

async function findLimiter(name: string, limit: AttemptLimit): Promise<Limiter> {
  const { connection } = await database();
  const limiters = limitersOf.get(connection) ?? new Map<string, Promise<Limiter>>();
  limitersOf.set(connection, limiters);
  const known = limiters.get(name);
  if (known) return known;
  const limiter = createLimiter(connection, name, limit);
  limiters.set(name, limiter);
  // Tried again by the next caller.
  limiter.catch(() => limiters.delete(name));
  return limiter;
}

// Loaded at the first attempt: the library supports a dozen stores, and the start should not wait for them.
async function createLimiter(
  connection: Connection,
  name: string,
  { points, durationSeconds }: AttemptLimit,
): Promise<Limiter> {
  const { RateLimiterMemory, RateLimiterPostgres } = await import("rate-limiter-flexible");
  const options = { keyPrefix: `attempt:${name}`, points, duration: durationSeconds };
  if (connection.kind === "pglite") return new RateLimiterMemory(options);
  return new RateLimiterPostgres({
    ...options,
    storeClient: { query: (query: Query) => runQuery(connection, query) },
    storeType: "client",
    tableName: "auth_failures",
    tableCreated: true,
    // A source over its limit is remembered until the limit ends, and costs no query.
    inMemoryBlockOnConsumed: points + 1,
  });
}

type Query = { name: string; text: string; values: unknown[] };

// A number this large is a moment, not a count.
const SMALLEST_MOMENT = 1_000_000_000_000;

// The library uses this computer's clock, but instances share their counts, so moments move to the database's clock.
async function runQuery(connection: Connection, { name, text, values }: Query) {
  const ahead = Math.round(currentClockDifference());
  const moved = values.map((value) => (Number(value) >= SMALLEST_MOMENT ? Number(value) + ahead : value));
  const found = await connection.query<{ points: number; expire: string | null }>({ name, text }, moved);
  const rows = found.map((row) => ({ ...row, expire: row.expire === null ? null : Number(row.expire) - ahead }));
  return { rows, rowCount: rows.length };
}

const NETWORK_PARTS = 4;

/**
 * The source whose attempts are counted together: one IPv4 address, or the /64 that usually belongs to one IPv6 customer.
 */
export const toSource = (address: string): string => {
  if (!ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const network = parsed.parts.slice(0, NETWORK_PARTS).map((part) => part.toString(16));
  return `${network.join(":")}::/64`;
};
