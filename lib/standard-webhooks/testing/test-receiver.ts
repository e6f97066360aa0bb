import type { IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import { allowHosts, serve, type TestServer } from "#lib/outbound/testing/test-server";

/** A message as it was received. */
export type ReceivedMessage = { headers: IncomingHttpHeaders; body: string };

type Answer = { status: number; headers?: Record<string, string>; body?: string };

const headersSchema = z.record(z.string(), z.string());

/** Starts an allowed receiver on loopback. It accepts every message unless told otherwise. */
export const startReceiver = async (
  answer: (message: ReceivedMessage) => Answer | "cut" | Promise<Answer> = () => ({ status: 204 }),
): Promise<TestServer & { messages: ReceivedMessage[] }> => {
  const messages: ReceivedMessage[] = [];
  const server = await serve(async (request, response) => {
    const message = { headers: request.headers, body: await text(request) };
    messages.push(message);
    const given = await answer(message);
    if (given === "cut") return void request.socket.destroy();
    response.writeHead(given.status, given.headers).end(given.body);
  });
  allowHosts(`127.0.0.1:${server.port}`);
  return Object.assign(server, { messages });
};

/** The content of a message, verified with the official library. Throws when the signature is invalid. */
export const verifyMessage = (secret: string, message: ReceivedMessage | undefined): unknown => {
  if (!message) throw new Error("No message arrived.");
  return new Webhook(secret).verify(message.body, headersSchema.parse(message.headers));
};
