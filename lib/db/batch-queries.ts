import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import { isConnectionLost, UncertainCommitError } from "#lib/db/database-errors";

/**
 * Turns one query for many values into queries for one value each. Values that arrive together, or while a query runs, share
 * the next query, so every query begins after its values arrived. Nothing is cached.
 */
export const batchQueries = <Value, Row>(
  query: (values: Value[]) => Promise<(Row | undefined)[]>,
  { maxBatch = 500 }: { maxBatch?: number } = {},
): ((value: Value) => Promise<Row | undefined>) => {
  type Waiting = { value: Value; resolve(row: Row | undefined): void; reject(error: unknown): void };
  const waiting: Waiting[] = [];
  let isBusy = false;

  const run = async (): Promise<void> => {
    const batch = waiting.splice(0, maxBatch);
    try {
      const rows = await query(batch.map((item) => item.value));
      for (const [index, item] of batch.entries()) item.resolve(rows[index]);
    } catch (error) {
      for (const item of batch) item.reject(error);
    } finally {
      isBusy = false;
      start();
    }
  };

  // The embedded database blocks the event loop, so requests do not arrive during a read but together after it. The query
  // starts once they have all arrived, not at the first one; only then do they share a batch.
  const start = (): void => {
    if (isBusy || waiting.length === 0) return;
    isBusy = true;
    setImmediate(() => void run());
  };

  return (value) =>
    new Promise((resolve, reject) => {
      waiting.push({ value, resolve, reject });
      start();
    });
};

type Identified = { id: string };
type Value = Identified & Record<string, unknown>;

/**
 * Turns one statement that writes many values, passed as one JSON array, into writes of one value each, which resolve when
 * they are committed. Values that arrive together, or while others are written, share a commit. A refused value does not
 * make the others fail. A returned row belongs to the value with the same id.
 */
export const batchWrites = <Row extends Identified>(
  statement: Statement,
): ((value: Value) => Promise<Row | undefined>) => {
  const write = async (values: Value[]): Promise<(() => Row | undefined)[]> => {
    const { connection } = await database();
    const rows = await connection.write<Row>(statement, [JSON.stringify(values)]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return values.map(
      ({ id }) =>
        () =>
          byId.get(id),
    );
  };
  const writeEach = async (values: Value[]): Promise<(() => Row | undefined)[]> => {
    const results = await Promise.allSettled(values.map(async (value) => (await write([value]))[0]?.()));
    return results.map((result) => () => {
      if (result.status === "rejected") throw result.reason;
      return result.value;
    });
  };
  const ask = batchQueries(async (values: Value[]) => {
    try {
      return await write(values);
    } catch (error) {
      if (values.length === 1 || error instanceof UncertainCommitError || isConnectionLost(error)) throw error;
      return writeEach(values);
    }
  });
  return async (value) => (await ask(value))?.();
};
