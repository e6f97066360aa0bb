import type { Server } from "node:http";
import type { Socket } from "node:net";

const SWEEP_MILLISECONDS = 1000;
const PATIENCE_MILLISECONDS = 10_000;

/** Bytes that have to be out, and since when they wait. */
type Debt = { bytes: number; since: number };

/**
 * Ends connections whose callers do not take their answers: what waits to be sent has to be gone ten seconds later,
 * however much has been added behind it by then.
 */
export const dropSlowReaders = (server: Server, sockets: ReadonlySet<Socket>): void => {
  const debts = new WeakMap<Socket, Debt>();
  const sweep = () => {
    const now = performance.now();
    for (const socket of sockets) {
      const debt = debts.get(socket);
      // bytesWritten counts what waits as well.
      const sent = socket.bytesWritten - socket.writableLength;
      const isPaid = debt === undefined || sent >= debt.bytes;
      if (!isPaid && now - debt.since > PATIENCE_MILLISECONDS) socket.destroy();
      else if (isPaid && socket.writableLength > 0) debts.set(socket, { bytes: socket.bytesWritten, since: now });
      else if (isPaid) debts.delete(socket);
    }
  };
  const timer = setInterval(sweep, SWEEP_MILLISECONDS).unref();
  server.once("close", () => clearInterval(timer));
};
