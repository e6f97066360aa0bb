import "#lib/server/prepare-process";
import { checkStoredKeys } from "#lib/credentials/check-keyring";
import { closeDatabase } from "#lib/db/database";
import { settings } from "#lib/env";
import { sweepMediaRegularly } from "#lib/posts/check-media";
import { startWorker, stopWorker } from "#lib/publishing/run-worker";
import { attemptStep } from "#lib/server/start";
import { StartError, toStartSentence } from "#lib/server/start-error";

const STEP_MILLISECONDS = 4000;

try {
  if (!settings().databaseUrl) {
    throw new StartError(
      "DATABASE_URL must be set. Only one process can open the embedded database, and the server itself publishes from it.",
    );
  }
  await checkStoredKeys();
  await startWorker({ isPolite: false });
  sweepMediaRegularly();
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void stop());
  console.log("Worker is ready.");
} catch (error) {
  console.error(toStartSentence(error));
  process.exit(1);
}

async function stop(): Promise<void> {
  await attemptStep(
    "Some posts were still being published; other workers resume them",
    STEP_MILLISECONDS,
    stopWorker(),
  );
  await attemptStep("The database could not be closed", STEP_MILLISECONDS, closeDatabase());
  process.exit(0);
}
