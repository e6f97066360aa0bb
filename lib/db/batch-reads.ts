/**
 * Turns one read for many values into reads for one value each. Values that are asked for while `concurrency` reads
 * are running wait and go together in the next one, so every answer was read after its question was asked: nothing is cached.
 */
export const batchReads = <Value, Row>(
  read: (values: Value[]) => Promise<(Row | undefined)[]>,
  { concurrency, maxBatch = 500 }: { concurrency: number; maxBatch?: number },
): ((value: Value) => Promise<Row | undefined>) => {
  type Waiting = { value: Value; resolve(row: Row | undefined): void; reject(error: unknown): void };
  const waiting: Waiting[] = [];
  let running = 0;

  const runNext = async (): Promise<void> => {
    const batch = waiting.splice(0, maxBatch);
    running++;
    try {
      const rows = await read(batch.map((item) => item.value));
      for (const [index, item] of batch.entries()) item.resolve(rows[index]);
    } catch (error) {
      for (const item of batch) item.reject(error);
    } finally {
      running--;
      if (waiting.length > 0) void runNext();
    }
  };

  return (value) =>
    new Promise((resolve, reject) => {
      waiting.push({ value, resolve, reject });
      if (running < concurrency) void runNext();
    });
};
