import type { Prisma } from "#lib/db/generated/client";
import type { Queue, QueueName } from "#lib/queue/open-queue";

/**
 * Leaves a job for a row that this transaction writes: both are there afterwards, or neither. It is due at `startAfter`.
 * The queue is given, because starting it inside the transaction would wait for the transaction.
 */
export const sendJob = async (
  queue: Queue,
  tx: Prisma.TransactionClient,
  job: { name: QueueName; id: string; startAfter: Date },
): Promise<void> => {
  const executeSql = async (text: string, values: unknown[] = []) => ({
    rows: await tx.$queryRawUnsafe<unknown[]>(text, ...values),
  });
  await queue.send(job.name, { id: job.id }, { startAfter: job.startAfter, db: { executeSql } });
};
