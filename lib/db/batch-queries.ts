/**
 * Turns one query for many values into queries for one value each. Values that arrive together, or while a query
 * runs, go together in the next one: every query began after its values arrived. Nothing is cached.
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

  // The embedded database computes in this thread, so requests do not arrive during a read but in a bunch after it.
  // Starting when the bunch has been taken in, not at its first request, is what makes a batch of it.
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
