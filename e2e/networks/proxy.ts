import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/**
 * What happens to a call: the connection ends before it reached the server, or once the server has answered, or something
 * else answers in the server's place.
 */
export type Disturbance =
  | "cut before the server"
  | "cut after the answer"
  | { status: number; headers?: Record<string, string>; body?: unknown };

/** Stands in front of a server and passes on what is not to be disturbed. */
export type TestProxy = {
  port: number;
  url: string;
  /** Every call that came, as `POST /path`. */
  calls: string[];
  /** Disturbs the next call to a path, and as many after it as there are disturbances. */
  disturb(path: string, ...disturbances: Disturbance[]): void;
  stop(): Promise<void>;
};

/** Starts a proxy in front of a port of loopback, on the port given, else on any that is free. */
export const startProxy = async (targetPort: number, port = 0): Promise<TestProxy> => {
  const calls: string[] = [];
  const waiting = new Map<string, Disturbance[]>();
  const server = createServer(async (incoming, outgoing) => {
    const [path = "/"] = (incoming.url ?? "/").split("?");
    calls.push(`${incoming.method} ${path}`);
    const disturbance = waiting.get(path)?.shift();
    await answer(targetPort, incoming, outgoing, disturbance).catch(() => outgoing.destroy());
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    url: `http://127.0.0.1:${bound}`,
    calls,
    disturb: (path, ...disturbances) => waiting.set(path, [...(waiting.get(path) ?? []), ...disturbances]),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};

async function answer(
  port: number,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  disturbance: Disturbance | undefined,
): Promise<void> {
  if (disturbance === "cut before the server") return void outgoing.destroy();
  if (typeof disturbance === "object") {
    incoming.resume();
    const { status, headers, body } = disturbance;
    return void outgoing.writeHead(status, headers).end(body === undefined ? "" : JSON.stringify(body));
  }
  const { method, url, headers } = incoming;
  const onward = request({ host: "127.0.0.1", port, method, path: url, headers });
  onward.on("error", () => outgoing.destroy());
  incoming.pipe(onward);
  const [response] = (await once(onward, "response")) as [IncomingMessage];
  const body = await buffer(response);
  if (disturbance === "cut after the answer") return void outgoing.destroy();
  outgoing.writeHead(response.statusCode ?? 500, response.headers).end(body);
}
