import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";

/** A message as it arrived. */
export type ReceivedMessage = { headers: IncomingHttpHeaders; body: string };

/** A server of somebody else's on loopback that takes signed messages. */
export type Receiver = {
  port: number;
  url: string;
  messages: ReceivedMessage[];
  /** What it answers from now on; 204 at first. */
  answer: { status: number; body?: string; headers?: Record<string, string> };
  /** Answers nobody until the function that it returns is called. */
  hold(): () => void;
  close(): Promise<void>;
};

/** Starts a receiver. A server under test reaches it when its port is in OUTBOUND_ALLOWED_HOSTS. */
export const startReceiver = async (): Promise<Receiver> => {
  let held: Promise<void> | undefined;
  const server = createServer(async (request, response) => {
    receiver.messages.push({ headers: request.headers, body: await text(request) });
    await held;
    const { status, headers, body } = receiver.answer;
    response.writeHead(status, headers).end(body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    messages: [],
    answer: { status: 204 },
    hold: () => {
      let release = () => {};
      held = new Promise((resolve) => {
        release = () => resolve();
      });
      return release;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
};

/** What a message says, once the official library has found it genuine. Throws when it is not. */
export const verifyMessage = (secret: unknown, message: ReceivedMessage | undefined): unknown =>
  new Webhook(String(secret)).verify(message?.body ?? "", message?.headers as Record<string, string>);
