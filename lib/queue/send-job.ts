import type { Prisma } from "#lib/db/generated/client";
import { type QueueName, queue } from "#lib/queue/queue";

/** Leaves a job for a row that this transaction writes: both are there afterwards, or neither. It is due at `startAfter`. */
export const sendJob = async (
  tx: Prisma.TransactionClient,
  name: QueueName,
  id: string,
  startAfter: Date,
): Promise<void> => {
  const boss = await queue();
  const executeSql = async (text: string, values: unknown[] = []) => ({
    rows: await tx.$queryRawUnsafe<unknown[]>(text, ...values),
  });
  await boss.send(name, { id }, { startAfter, db: { executeSql } });
};
