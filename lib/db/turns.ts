// Whoever waits to change a row is passed by all who come later and only share it: while one post a millisecond is
// accepted for a key, its deletion waits for seconds. Advisory locks are a queue: who comes later waits behind. They end
// with their transaction, also behind a pooler.
const numberOf = (id: string) => `hashtextextended((${id})::text, 0)`;

/**
 * SQL that waits until nobody ends, or is about to end, the row with this id (an expression of type uuid), and then keeps
 * those who would end it waiting until the transaction ends. Comes before the row is read and locked.
 */
export const shareTurn = (id: string): string => `pg_advisory_xact_lock_shared(${numberOf(id)})`;

/**
 * SQL that makes this transaction next in line at the row with this id: when it has run, all who shared its turn have
 * committed, and who comes later waits. Comes before the row is locked; of several rows, in the order of their ids.
 */
export const takeTurn = (id: string): string => `pg_advisory_xact_lock(${numberOf(id)})`;
