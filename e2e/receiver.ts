import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A receiver of webhooks on loopback. */
export type Receiver = {
  /** As an operator allows it: `127.0.0.1:port`. */
  host: string;
  url: string;
  /** What it answers from now on. */
  status: number;
  bodies: string[];
  close(): void;
};

/** Starts a receiver, which takes everything until it is told otherwise. */
export const startReceiver = async (): Promise<Receiver> => {
  const receiver: Receiver = { host: "", url: "", status: 204, bodies: [], close: () => server.close() };
  const server = createServer(async (request, response) => {
    receiver.bodies.push(await text(request));
    response.writeHead(receiver.status).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  receiver.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  receiver.url = `http://${receiver.host}/posts`;
  return receiver;
};
