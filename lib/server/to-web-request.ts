import type { IncomingMessage } from "node:http";

/** The request as a route handler wants it. Its address is under the public origin, whatever Host the caller named. */
export const toWebRequest = (incoming: IncomingMessage, origin: string, body: Buffer | undefined): Request => {
  const { method = "GET", url = "/" } = incoming;
  const init: RequestInit = { method, headers: incoming.headers as Record<string, string> };
  if (body && method !== "GET" && method !== "HEAD") init.body = body as Buffer<ArrayBuffer>;
  return new Request(origin + url, init);
};
