import type { Connection, Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import { sweepBuckets } from "#lib/limits/sweep-buckets";
import { type Bucket, LEASE_SECONDS, takeFromBucket, type Wish } from "#lib/limits/take-from-bucket";

/** What a taker was given, and what is left in the bucket. */
export type Taken = { granted: number; tokens: number };

// The rule of take-from-bucket.ts, in one statement: the row's lock puts instances in a queue, and the database's clock
// is the one clock that they share. It is read behind the lock.
const TAKE: Statement = {
  name: "take-tokens",
  text: `INSERT INTO rate_buckets AS bucket (key_id, tokens, refilled_at, granted)
         VALUES ($1::uuid, $2::float8 - least($3::int, $2), clock_timestamp(), least($3, $2))
         ON CONFLICT (key_id) DO UPDATE SET (tokens, refilled_at, granted) = (
           SELECT least(level - given, $2 - CASE WHEN given > $3 THEN given - $3 + $2 / 60 * $5::float8 ELSE 0 END),
                  moment, given
           FROM (SELECT greatest(clock_timestamp(), bucket.refilled_at) AS moment) AS clock,
           LATERAL (SELECT least($2, bucket.tokens + extract(epoch FROM moment - bucket.refilled_at)::float8 * $2 / 60)
                    AS level) AS refilled,
           LATERAL (SELECT least($3 + $4::int, greatest(0, floor(level + 1e-6)::int)) AS given) AS taking)
         RETURNING granted, tokens`,
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
  const values = [keyId, wish.limit, wish.needed, wish.spare, LEASE_SECONDS];
  const [taken] = await connection.query<Taken>(TAKE, values);
  if (!taken) throw new Error("The database did not say how many tokens were taken.");
  return taken;
}

function bucketsOf(connection: Connection): Map<string, Bucket> {
  shared.boringBuckets ??= new WeakMap();
  const existing = shared.boringBuckets.get(connection);
  if (existing) return existing;
  const created = new Map<string, Bucket>();
  shared.boringBuckets.set(connection, created);
  return created;
}
