import { batchQueries } from "#lib/db/batch-queries";
import type { Connection, Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import { sweepBuckets } from "#lib/limits/sweep-buckets";
import { type Bucket, LEASE_SECONDS, takeFromBucket, type Wish } from "#lib/limits/take-from-bucket";

/** What a taker was given, and what is left in the bucket. */
export type Taken = { granted: number; tokens: number };

// The rule of take-from-bucket.ts for several keys, in one statement: a row's lock puts instances in a queue, and the
// database's clock is the one clock that they share. It is read behind the lock. Locks are taken in one order, so that
// two instances never wait for each other. What a row is updated with is looked up by its key: of the row that was not
// inserted, only the columns of the table can be named.
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

// Next compiles its own copy of this module; both must take from the same buckets.
const shared = globalThis as { boringBuckets?: WeakMap<Connection, Map<string, Bucket>> };

/**
 * Takes tokens for requests of a key, exactly, also when instances do so together. Beside the embedded database, which
 * one process has to itself, the buckets are in memory, and nothing need be spared.
 */
export const takeTokens = async (keyId: string, wish: Wish): Promise<Taken> => {
  const { connection } = await database();
  sweepBuckets(connection, bucketsOf(connection));
  return connection.kind === "pglite" ? takeInMemory(connection, keyId, wish) : takeTogether(connection, keyId, wish);
};

function takeInMemory(connection: Connection, keyId: string, wish: Wish): Taken {
  const buckets = bucketsOf(connection);
  const taken = takeFromBucket(buckets.get(keyId), { ...wish, spare: 0 }, performance.now());
  buckets.set(keyId, taken);
  return taken;
}

async function takeTogether(connection: Connection, keyId: string, wish: Wish): Promise<Taken> {
  const taken = await takerOf(connection)({ keyId, ...wish });
  if (!taken) throw new Error("The database did not say how many tokens were taken.");
  return taken;
}

type Taker = (wish: Wish & { keyId: string }) => Promise<Taken | undefined>;
const takers = new WeakMap<Connection, Taker>();

// A statement takes one wish for each key: whoever spends a key's tokens asks for them one time after the other.
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

function bucketsOf(connection: Connection): Map<string, Bucket> {
  shared.boringBuckets ??= new WeakMap();
  const existing = shared.boringBuckets.get(connection);
  if (existing) return existing;
  const created = new Map<string, Bucket>();
  shared.boringBuckets.set(connection, created);
  return created;
}
