/**
 * Turns one read for many values into reads for one value each. Values that arrive together, or while `concurrency`
 * reads are running, go together in the next one: every answer was read after its question was asked. Nothing is cached.
 */
export const batchReads = <Value, Row>(
  read: (values: Value[]) => Promise<(Row | undefined)[]>,
  { concurrency, maxBatch = 500 }: { concurrency: number; maxBatch?: number },
): ((value: Value) => Promise<Row | undefined>) => {
  type Waiting = { value: Value; resolve(row: Row | undefined): void; reject(error: unknown): void };
  const waiting: Waiting[] = [];
  let running = 0;
  let isStarting = false;

  const run = async (): Promise<void> => {
    const batch = waiting.splice(0, maxBatch);
    running++;
    try {
      const rows = await read(batch.map((item) => item.value));
      for (const [index, item] of batch.entries()) item.resolve(rows[index]);
    } catch (error) {
      for (const item of batch) item.reject(error);
    } finally {
      running--;
      start();
    }
  };

  // The embedded database computes in this thread, so requests do not arrive during a read but in a bunch after it.
  // Starting when the bunch has been taken in, not at its first request, is what makes a batch of it.
  const start = (): void => {
    if (isStarting || running >= concurrency || waiting.length === 0) return;
    isStarting = true;
    setImmediate(() => {
      isStarting = false;
      void run();
      start();
    });
  };

  return (value) =>
    new Promise((resolve, reject) => {
      waiting.push({ value, resolve, reject });
      start();
    });
};
