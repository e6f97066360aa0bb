import type { Connection, Statement } from "#lib/db/connection";
import type { Bucket } from "#lib/limits/take-from-bucket";
import { log, toLogFields } from "#lib/log";

const PAUSE_MILLISECONDS = 10 * 60_000;
// A bucket is full after a minute, and as good as none.
const IDLE_MILLISECONDS = 60 * 60_000;

const SWEEP: Statement = {
  name: "sweep-buckets",
  text: "DELETE FROM rate_buckets WHERE refilled_at < clock_timestamp() - interval '1 hour'",
};

const sweptAt = new WeakMap<Connection, number>();

/** Now and then forgets the buckets that nobody took from for an hour. Returns at once; a failure is tried again later. */
export const sweepBuckets = (connection: Connection, inMemory: Map<string, Bucket>): void => {
  const now = performance.now();
  const last = sweptAt.get(connection);
  if (last !== undefined && now - last < PAUSE_MILLISECONDS) return;
  sweptAt.set(connection, now);
  for (const [keyId, { refilledAt }] of inMemory) if (now - refilledAt > IDLE_MILLISECONDS) inMemory.delete(keyId);
  if (connection.kind === "pglite") return;
  connection.query(SWEEP, []).catch((error) => log("warn", "Old limits could not be removed", toLogFields(error)));
};
