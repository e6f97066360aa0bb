// A writer that waits for a row lock is overtaken by later transactions that only share the lock. At one accepted post a
// millisecond, deleting the key would wait for seconds. Advisory locks are a fair queue: later callers wait. They end with
// their transaction, also behind a pooler.
const numberOf = (id: string) => `hashtextextended((${id})::text, 0)`;

/**
 * SQL that waits until nobody ends, or waits to end, the row with this id (an expression of type uuid). It then blocks those
 * who would end it until the transaction ends. Run it before the row is read and locked.
 */
export const shareTurn = (id: string): string => `pg_advisory_xact_lock_shared(${numberOf(id)})`;

/**
 * SQL that makes this transaction next in line for the row with this id. When it has run, all who shared the turn have
 * committed, and later callers wait. Run it before the row is locked; for several rows, in the order of their ids.
 */
export const takeTurn = (id: string): string => `pg_advisory_xact_lock(${numberOf(id)})`;
