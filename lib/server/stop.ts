import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { attemptStep, type RunningServer } from "#lib/server/start";

// Together less than ten seconds, after which a supervisor would kill the process.
const TAKE_MILLISECONDS = 4000;
const ANSWER_MILLISECONDS = 6500;
const WORKER_MILLISECONDS = 1200;
const WRITE_MILLISECONDS = 800;
const CLOSE_MILLISECONDS = 400;

/**
 * Stops the server: answers every request sent before, accepts no new connections, writes what is in memory, and closes the
 * database. Resolves within ten seconds, whatever sockets or the database do.
 */
export const stop = async ({ door, listeners, next, standIn }: RunningServer): Promise<void> => {
  const taken = Promise.all(listeners.map((listener) => takeWaiting(listener, TAKE_MILLISECONDS)));
  door.drain(taken);
  const { endWaits } = await import("#lib/publishing/publish-and-wait");
  endWaits();
  const cut = setTimeout(() => door.server.closeAllConnections(), ANSWER_MILLISECONDS);
  // Closing a listener resets connections that it has not accepted yet.
  await taken;
  await endConnections(door, listeners);
  clearTimeout(cut);
  const { stopWorker } = await import("#lib/publishing/run-worker");
  const unpublished = "Some posts were still being published; the next start resumes them";
  await attemptStep(unpublished, WORKER_MILLISECONDS, stopWorker());
  await writeDown();
  const { closeDatabase } = await import("#lib/db/database");
  await attemptStep("The database could not be closed", WRITE_MILLISECONDS, closeDatabase());
  standIn?.stop();
  await attemptStep("Next.js could not be closed", CLOSE_MILLISECONDS, next.close());
};

async function endConnections(door: RunningServer["door"], listeners: RunningServer["listeners"]): Promise<void> {
  const closed = Promise.all(listeners.map((listener) => new Promise((resolve) => listener.close(resolve))));
  door.endIdle();
  // Connections that were busy when closing began become idle one by one.
  const sweep = setInterval(door.endIdle, 50);
  await closed;
  clearInterval(sweep);
}

async function writeDown(): Promise<void> {
  const { flushLastUses } = await import("#lib/keys/note-last-use");
  const { flushRefusals } = await import("#lib/audit/note-refusal");
  const { flushRequests } = await import("#lib/usage/note-request");
  await Promise.all([
    attemptStep("The last uses of keys could not be saved", WRITE_MILLISECONDS, flushLastUses()),
    attemptStep("Refused requests could not be saved to the audit log", WRITE_MILLISECONDS, flushRefusals()),
    attemptStep("The requests of keys could not be counted", WRITE_MILLISECONDS, flushRequests()),
  ]);
}

/**
 * Resolves when every connection made to the server before this call has been accepted and its data read, or when the time
 * is over. Node accepts connections in order, so a connection of our own comes last.
 */
export const takeWaiting = async (server: Server, milliseconds: number): Promise<void> => {
  const { address, port } = server.address() as AddressInfo;
  const last = connect({ host: toReachable(address), port });
  const isTaken = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    last.on("error", end);
    server.on("connection", (socket: Socket) => {
      if (socket.remotePort === last.localPort) end();
    });
  });
  await isTaken;
  last.destroy();
  // Node reads a connection's data one event-loop round after accepting it.
  for (let round = 0; round < 3; round++) await setImmediate();
};

function toReachable(address: string): string {
  return { "0.0.0.0": "127.0.0.1", "::": "::1" }[address] ?? address;
}
