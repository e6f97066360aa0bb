import { database } from "#lib/db/database";
import { IDEMPOTENCY_HOURS } from "#lib/idempotency/find-idempotent";

const ROWS_AT_ONCE = 1000;

/** Removes the idempotency keys whose time is over, bit by bit. Any instance may do it, at any time. */
export const pruneIdempotencyKeys = async (): Promise<void> => {
  const { prisma } = await database();
  for (let deleted = ROWS_AT_ONCE; deleted === ROWS_AT_ONCE; ) {
    deleted = await prisma.$executeRaw`
      DELETE FROM idempotency_keys WHERE (user_id, scope, key) IN (
        SELECT user_id, scope, key FROM idempotency_keys
        WHERE created_at < statement_timestamp() - make_interval(hours => ${IDEMPOTENCY_HOURS}::int)
        LIMIT ${ROWS_AT_ONCE})`;
  }
};
