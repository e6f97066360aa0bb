import { batchQueries } from "#lib/db/batch-queries";
import type { Connection, Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import { log, toLogFields } from "#lib/log";

/** The tokens that were granted, and those left in the bucket. */
export type Taken = { granted: number; tokens: number };

// The rule of `takeFromBucket` for several keys, in one statement. Row locks queue the instances. The database's clock is
// the one that they share, and it is read after the lock. Locks are taken in the order of the ids, so two instances cannot
// deadlock. The update finds its wish by the key, because `DO UPDATE` can name only the table's columns of the row that was
// not inserted.
const TAKE: Statement = {
  name: "take-tokens",
  text: `INSERT INTO rate_buckets AS bucket (key_id, tokens, refilled_at, granted)
         SELECT wish.key_id, size - least(needed, size), clock_timestamp(), least(needed, size)
         FROM unnest($1::uuid[], $2::float8[], $3::int[]) AS wish (key_id, size, needed) ORDER BY wish.key_id
         ON CONFLICT (key_id) DO UPDATE SET (tokens, refilled_at, granted) = (
           SELECT least(level - given, size - CASE WHEN given > needed THEN given - needed + size / 60 * $5::float8 ELSE 0 END),
                  moment, given
           FROM (SELECT array_position($1, bucket.key_id) AS place) AS found,
           LATERAL (SELECT ($2)[place] AS size, ($3)[place] AS needed, ($4::int[])[place] AS spare) AS wish,
           LATERAL (SELECT greatest(clock_timestamp(), bucket.refilled_at) AS moment) AS clock,
           LATERAL (SELECT least(size, bucket.tokens + extract(epoch FROM moment - bucket.refilled_at)::float8 * size / 60)
                    AS level) AS refilled,
           LATERAL (SELECT least(needed + spare, greatest(0, floor(level + 1e-6)::int)) AS given) AS taking)
         RETURNING key_id AS "keyId", granted, tokens`,
};

/**
 * Takes tokens for a key's requests. The result is exact even when several instances take them at once. With the embedded
 * database, which only one process uses, the buckets are in memory and no spare tokens are needed.
 */
export const takeTokens = async (keyId: string, wish: Wish): Promise<Taken> => {
  const { connection } = await database();
  sweepBuckets(connection, bucketsOf(connection));
  return connection.kind === "pglite" ? takeInMemory(connection, keyId, wish) : takeTogether(connection, keyId, wish);
};

function takeInMemory(connection: Connection, keyId: string, wish: Wish): Taken {
  const own = bucketsOf(connection);
  const taken = takeFromBucket(own.get(keyId), { ...wish, spare: 0 }, performance.now());
  own.set(keyId, taken);
  return taken;
}

async function takeTogether(connection: Connection, keyId: string, wish: Wish): Promise<Taken> {
  const taken = await takerOf(connection)({ keyId, ...wish });
  if (!taken) throw new Error("The database did not say how many tokens were taken.");
  return taken;
}

type Taker = (wish: Wish & { keyId: string }) => Promise<Taken | undefined>;
const takers = new WeakMap<Connection, Taker>();

// A statement takes one wish for each key, so a process asks for one key's tokens one query after another.
function takerOf(connection: Connection): Taker {
  const existing = takers.get(connection);
  if (existing) return existing;
  const created: Taker = batchQueries(async (wishes) => {
    const values = [
      wishes.map(({ keyId }) => keyId),
      wishes.map(({ limit }) => limit),
      wishes.map(({ needed }) => needed),
      wishes.map(({ spare }) => spare),
      LEASE_SECONDS,
    ];
    const rows = await connection.query<Taken & { keyId: string }>(TAKE, values);
    const byKey = new Map(rows.map(({ keyId, ...taken }) => [keyId, taken]));
    return wishes.map(({ keyId }) => byKey.get(keyId));
  });
  takers.set(connection, created);
  return created;
}

const buckets = new WeakMap<Connection, Map<string, Bucket>>();

function bucketsOf(connection: Connection): Map<string, Bucket> {
  const existing = buckets.get(connection);
  if (existing) return existing;
  const created = new Map<string, Bucket>();
  buckets.set(connection, created);
  return created;
}

/** How long a lease lasts. Tokens that an instance has not spent by then expire. */
export const LEASE_SECONDS = 1;

const WINDOW_MILLISECONDS = 60_000;
// A rounding error in a sum of fractions must not cost a second of waiting.
const ROUNDING = 1e-6;

/** A key's bucket: its tokens at a moment, in milliseconds. */
export type Bucket = { tokens: number; refilledAt: number };

/** Tokens for the waiting requests, and spare ones for those to come. */
export type Wish = { limit: number; needed: number; spare: number };

/**
 * Takes up to the wished number of whole tokens from a bucket that holds a minute's limit and refills evenly. A missing
 * bucket counts as full. Spare tokens count as spent when their lease ends, so that the lease and the bucket together never
 * exceed the limit.
 */
export const takeFromBucket = (
  bucket: Bucket | undefined,
  { limit, needed, spare }: Wish,
  moment: number,
): Bucket & { granted: number } => {
  const now = Math.max(moment, bucket?.refilledAt ?? moment);
  const level = bucket ? levelAt(bucket, limit, now) : limit;
  const granted = Math.min(needed + spare, wholeTokens(level));
  const most = granted > needed ? limit - (granted - needed) - (limit / 60) * LEASE_SECONDS : limit;
  return { tokens: Math.min(level - granted, most), refilledAt: now, granted };
};

/** The bucket's level at a later moment. */
export const levelAt = ({ tokens, refilledAt }: Bucket, limit: number, now: number): number =>
  Math.min(limit, tokens + ((now - refilledAt) * limit) / WINDOW_MILLISECONDS);

/** When the bucket will reach a level. */
export const momentOf = (level: number, { tokens, refilledAt }: Bucket, limit: number): number =>
  refilledAt + Math.max(0, ((level - tokens) * WINDOW_MILLISECONDS) / limit);

/** How many requests a level allows. */
export const wholeTokens = (level: number): number => Math.max(0, Math.floor(level + ROUNDING));

const PAUSE_MILLISECONDS = 10 * 60_000;
// A bucket is full after a minute, which equals having none.
const IDLE_MILLISECONDS = 60 * 60_000;

const SWEEP: Statement = {
  name: "sweep-buckets",
  text: "DELETE FROM rate_buckets WHERE refilled_at < clock_timestamp() - interval '1 hour'",
};

const sweptAt = new WeakMap<Connection, number>();

/** Deletes the buckets unused for an hour, from time to time. Returns at once. A failure is retried later. */
const sweepBuckets = (connection: Connection, inMemory: Map<string, Bucket>): void => {
  const now = performance.now();
  const last = sweptAt.get(connection);
  if (last !== undefined && now - last < PAUSE_MILLISECONDS) return;
  sweptAt.set(connection, now);
  for (const [keyId, { refilledAt }] of inMemory) if (now - refilledAt > IDLE_MILLISECONDS) inMemory.delete(keyId);
  if (connection.kind === "pglite") return;
  connection
    .query(SWEEP, [])
    .catch((error) => log("warn", "Expired rate limits could not be deleted", toLogFields(error)));
};
