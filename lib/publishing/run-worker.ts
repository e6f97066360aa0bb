import { database } from "#lib/db/database";
import { log, toLogFields } from "#lib/log";
import { finishPublishing, publishNow } from "#lib/publishing/publish-now";
import { publishPost } from "#lib/publishing/publish-post";
import { sweepDuePosts } from "#lib/publishing/sweep-due-posts";
import { QUEUES, stopQueue } from "#lib/queue/open-queue";
import { type Eagerness, work } from "#lib/queue/work";
import { deliverDueWebhooks } from "#lib/webhooks/deliver-due-webhooks";
import { deliverWebhook } from "#lib/webhooks/deliver-webhook";

const SWEEP_SECONDS = 5;
const STOP_MILLISECONDS = 1000;

// Next compiles its own copy of this module; the process has one sweeper.
const shared = globalThis as { boringSweeper?: NodeJS.Timeout };

/** Starts publishing posts and delivering webhooks in this process: what its jobs ask for, and what the sweeper finds. */
export const startWorker = async (eagerness: Eagerness): Promise<void> => {
  await takeOver();
  await work(QUEUES.posts, eagerness, (id) => publishNow(id) ?? publishPost(id));
  await work(QUEUES.webhookDeliveries, eagerness, (id) => deliverWebhook(id));
  shared.boringSweeper = setInterval(() => void sweep(), SWEEP_SECONDS * 1000);
};

/** Stops taking up work and waits a moment for what is under way; whatever is left is taken up by the next worker. */
export const stopWorker = async (): Promise<void> => {
  clearInterval(shared.boringSweeper);
  await stopQueue(STOP_MILLISECONDS);
  await finishPublishing();
};

// The embedded database has one process at a time, so whatever was being published before this start is not any more.
async function takeOver(): Promise<void> {
  const { prisma, connection } = await database();
  if (connection.kind !== "pglite") return;
  await prisma.$executeRaw`UPDATE posts SET wake_at = clock_timestamp() WHERE claim_id IS NOT NULL`;
}

async function sweep(): Promise<void> {
  try {
    await sweepDuePosts();
    await deliverDueWebhooks();
  } catch (error) {
    log("warn", "What is due could not be looked for; it will be tried again", toLogFields(error));
  }
}
