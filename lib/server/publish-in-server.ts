import { log, toLogFields } from "#lib/log";

const AGAIN_MILLISECONDS = 5000;

/** Begins to publish in this process, as soon as the database lets it. */
export const publishInServer = async (): Promise<void> => {
  try {
    const { startWorker } = await import("#lib/publishing/run-worker");
    await startWorker({ isPolite: true });
  } catch (error) {
    log("error", "Publishing could not begin; it will be tried again", toLogFields(error));
    setTimeout(() => void publishInServer(), AGAIN_MILLISECONDS).unref();
  }
};
