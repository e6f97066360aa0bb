import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

const SWEEP_MILLISECONDS = 1000;

/**
 * Ends connections on which nothing was asked for so long after their last answer. Node itself waits anew at every byte,
 * also at the line breaks that may stand between requests.
 */
export const dropIdlers = (
  server: Server,
  sockets: ReadonlySet<Socket>,
  latest: WeakMap<object, ServerResponse>,
  patienceMilliseconds: number,
): void => {
  const answeredAt = new WeakMap<ServerResponse, number>();
  const sweep = () => {
    const now = performance.now();
    for (const socket of sockets) {
      const response = latest.get(socket);
      if (!response?.writableFinished) continue;
      const since = answeredAt.get(response);
      if (since === undefined) answeredAt.set(response, now);
      else if (now - since > patienceMilliseconds) socket.destroy();
    }
  };
  const timer = setInterval(sweep, SWEEP_MILLISECONDS).unref();
  server.once("close", () => clearInterval(timer));
};
