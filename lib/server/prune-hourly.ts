import { log, toLogFields } from "#lib/log";

const FIRST_SECONDS = 60;
const HOUR_SECONDS = 3600;

/** Removes what has been kept long enough: once the start is well over, then every hour. */
export const pruneHourly = (): void => {
  setTimeout(() => {
    void prune();
    setInterval(() => void prune(), HOUR_SECONDS * 1000).unref();
  }, FIRST_SECONDS * 1000).unref();
};

async function prune(): Promise<void> {
  try {
    const { pruneUsage } = await import("#lib/usage/prune-usage");
    await pruneUsage();
  } catch (error) {
    log("warn", "Old usage could not be removed; it will be tried again", toLogFields(error));
  }
}
