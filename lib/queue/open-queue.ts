import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";
import { database } from "#lib/db/database";
import { log, toLogFields } from "#lib/log";

/** The queues there are. A job of theirs holds the id of a row and nothing else: it wakes somebody up who looks. */
export const QUEUES = { posts: "posts", webhookDeliveries: "webhook-deliveries" } as const;
export type QueueName = (typeof QUEUES)[keyof typeof QUEUES];
export type Queue = PgBoss;

const HOUR_SECONDS = 3600;

// Next compiles its own copy of this module; the process has one queue.
const shared = globalThis as { boringQueue?: Promise<Queue> | undefined };

/** pg-boss on this process's database, its tables made at the first call. A failed start is tried again at the next. */
export const openQueue = (): Promise<Queue> => {
  shared.boringQueue ??= startQueue().catch((error) => {
    shared.boringQueue = undefined;
    throw error;
  });
  return shared.boringQueue;
};

/** Stops fetching jobs and waits for those under way, for as long as is given. */
export const stopQueue = async (timeoutMilliseconds: number): Promise<void> => {
  const started = shared.boringQueue;
  shared.boringQueue = undefined;
  const boss = await started?.catch(() => undefined);
  await boss?.stop({ graceful: true, timeout: timeoutMilliseconds, close: false });
};

async function startQueue(): Promise<Queue> {
  const { connection } = await database();
  const { PgBoss } = await import("pg-boss");
  const boss = new PgBoss({
    db: { executeSql: (text, values) => connection.executeSql(text, values) },
    backend: connection.kind === "pglite" ? "pglite" : "postgres",
    schedule: false,
    // There are no jobs that wait for others.
    flowIntervalSeconds: HOUR_SECONDS,
  });
  boss.on("error", (error) => log("warn", "The queue met an error and goes on", toLogFields(error)));
  await boss.start();
  const existing = new Set((await boss.getQueues()).map(({ name }) => name));
  for (const name of Object.values(QUEUES)) {
    // Whoever is woken decides what comes of it and when it is tried again; a job that failed is of no further use.
    const options = { retryLimit: 0, expireInSeconds: HOUR_SECONDS, deleteAfterSeconds: HOUR_SECONDS };
    if (!existing.has(name)) await boss.createQueue(name, options);
    // It asks for a queue's settings once and remembers them. Asked inside a transaction of the embedded database, which
    // has one connection, it would wait for that transaction, and the transaction for it.
    await boss.findJobs(name, { id: randomUUID() });
  }
  return boss;
}
