import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { pipeline, Readable } from "node:stream";
import { userAgent } from "#lib/outbound/user-agent";

/** One request as it is written. Header names are lower case. */
export type Outgoing = {
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array | Readable | undefined;
};

/**
 * Writes a request to an open connection and resolves with the head of the answer, its body paused. The connection is
 * used for nothing else, and the answer is asked for uncompressed so that limits mean what they say.
 */
export const sendRequest = (socket: Socket, url: URL, { method, headers, body }: Outgoing): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const outgoing = request({
      createConnection: () => socket,
      method,
      path: `${url.pathname}${url.search}`,
      headers: { "user-agent": userAgent(), ...headers, host: url.host, "accept-encoding": "identity" },
    });
    outgoing.on("response", (response) => resolve(response.pause()));
    outgoing.on("error", reject);
    // A server that would rather speak another protocol ends in neither an answer nor an error.
    outgoing.on("close", () => reject(new Error("The connection was closed without an answer.")));
    if (body instanceof Readable) pipeline(body, outgoing, () => {});
    else outgoing.end(body);
  });
