import { checkStoredKeys } from "#lib/credentials/check-stored-keys";
import { closeDatabase } from "#lib/db/database";
import { settings } from "#lib/env";
import { sweepMediaRegularly } from "#lib/posts/sweep-media";
import { startWorker, stopWorker } from "#lib/publishing/run-worker";
import { StartError, toStartSentence } from "#lib/server/start-error";

// Nobody waits for answers from this process.
const EAGERNESS = { batches: 4, batchSize: 10, pollingSeconds: 1, restsBetween: false };

try {
  if (!settings().databaseUrl) {
    throw new StartError(
      "DATABASE_URL must be set: the embedded database belongs to one process, and the server publishes in it itself.",
    );
  }
  await checkStoredKeys();
  await startWorker(EAGERNESS);
  sweepMediaRegularly();
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void stop());
  console.log("Worker is ready.");
} catch (error) {
  console.error(toStartSentence(error));
  process.exit(1);
}

async function stop(): Promise<void> {
  await stopWorker();
  await closeDatabase();
  process.exit(0);
}
