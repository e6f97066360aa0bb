import type { Server } from "node:http";
import { log, toLogFields } from "#lib/log";
import type { RunningServer } from "#lib/server/start";

const ANSWER_MILLISECONDS = 6000;
const STEP_MILLISECONDS = 1500;

/**
 * Ends the server: no new connections, an answer to everything that was accepted, what is in memory written down,
 * the database closed. Resolves within ten seconds whatever sockets or the database do.
 */
export const stop = async ({ door, next, standIn }: RunningServer): Promise<void> => {
  door.drain();
  const { endWaits } = await import("#lib/publishing/publish-and-wait");
  endWaits();
  await closeServer(door.server);
  const { stopWorker } = await import("#lib/publishing/run-worker");
  await attempt("Posts were still being published; the next start sees to them", stopWorker());
  const { flushLastUses } = await import("#lib/keys/note-last-use");
  const { flushRefusals } = await import("#lib/audit/note-refusal");
  const { flushRequests } = await import("#lib/usage/note-request");
  const { closeDatabase } = await import("#lib/db/database");
  await attempt("Last uses could not be written", flushLastUses());
  await attempt("Refusals could not be written", flushRefusals());
  await attempt("Requests of keys could not be counted", flushRequests());
  await attempt("The database could not be closed", closeDatabase());
  standIn?.stop();
  await attempt("Next could not be closed", next.close());
};

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  // Connections that were busy when closing began become idle one by one.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), ANSWER_MILLISECONDS);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

async function attempt(complaint: string, step: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("It took too long.")), STEP_MILLISECONDS);
  });
  try {
    await Promise.race([step, patience]);
  } catch (error) {
    log("error", complaint, toLogFields(error));
  } finally {
    clearTimeout(timer);
  }
}
