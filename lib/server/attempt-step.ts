import { log, toLogFields } from "#lib/log";

/** Waits for one step of a stop, but no longer than it may take; what goes wrong is logged, and the stop goes on. */
export const attemptStep = async (complaint: string, milliseconds: number, step: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("It took too long.")), milliseconds);
  });
  try {
    await Promise.race([step, patience]);
  } catch (error) {
    log("error", complaint, toLogFields(error));
  } finally {
    clearTimeout(timer);
  }
};
