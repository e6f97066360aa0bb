import { log, toLogFields } from "#lib/log";

// Requests come first in this process: a backlog is worked off in small steps with rests between.
const EAGERNESS = { batches: 1, batchSize: 10, pollingSeconds: 2, restsBetween: true };
const AGAIN_MILLISECONDS = 5000;

/** Begins to publish in this process, as soon as the database lets it. */
export const publishInServer = async (): Promise<void> => {
  try {
    const { startWorker } = await import("#lib/publishing/run-worker");
    await startWorker(EAGERNESS);
  } catch (error) {
    log("error", "Publishing could not begin; it will be tried again", toLogFields(error));
    setTimeout(() => void publishInServer(), AGAIN_MILLISECONDS).unref();
  }
};
