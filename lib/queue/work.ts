import { z } from "zod";
import { openQueue, type QueueName } from "#lib/queue/open-queue";

const jobsSchema = z.array(z.object({ data: z.object({ id: z.uuid() }) }));

/** How eagerly a process works: how many jobs it takes at once, how often, and whether it rests while there are more. */
export type Eagerness = { batches: number; batchSize: number; pollingSeconds: number; restsBetween: boolean };

/** Calls `handle` with the id in each job of a queue, as they become due, until the queue is stopped. */
export const work = async (
  name: QueueName,
  { batches, batchSize, pollingSeconds, restsBetween }: Eagerness,
  handle: (id: string) => Promise<void>,
): Promise<void> => {
  const queue = await openQueue();
  const options = {
    batchSize,
    localConcurrency: batches,
    pollingIntervalSeconds: pollingSeconds,
    burstWhenBatchFull: !restsBetween,
  };
  await queue.work(name, options, async (jobs) => {
    await Promise.all(jobsSchema.parse(jobs).map(({ data }) => handle(data.id)));
  });
};
