import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/**
 * Has an answer end its connection when the request offered another protocol and more came with it: Node stops reading
 * behind an offer, and drops what arrived in one piece with it. Whoever sent it then knows that it was not read (RFC 9112
 * §9.6). Other clients that make offers, as Java's does with every request, keep their connections.
 */
export const endWhereDropped = (): ((request: IncomingMessage, response: ServerResponse) => void) => {
  // How far into its connection the latest request went, where that is known: where all so far made offers.
  const ends = new WeakMap<Duplex, number>();
  const begun = new WeakSet<Duplex>();
  return (request, response) => {
    const { socket, headers } = request;
    const start = begun.has(socket) ? ends.get(socket) : 0;
    begun.add(socket);
    ends.delete(socket);
    if (headers.upgrade === undefined) return;
    const isMeasurable = start !== undefined && headers["transfer-encoding"] === undefined;
    const length = Number(headers["content-length"] ?? 0);
    const end = isMeasurable ? start + toHeadLength(request) + length : undefined;
    const compare = () => {
      if (socket.bytesRead === end) ends.set(socket, end);
      else if (!response.headersSent) response.setHeader("Connection", "close");
    };
    if (end === undefined || length === 0) compare();
    else request.once("end", compare);
  };
};

// As all clients write it. Of one that does not, more or less was read than this, and its connection ends as well.
function toHeadLength({ method = "", url = "", rawHeaders }: IncomingMessage): number {
  const requestLine = `${method} ${url} HTTP/1.1\r\n`.length;
  // `: ` behind a name, and the end of the line behind a value, are two characters each.
  return rawHeaders.reduce((length, text) => length + text.length + 2, requestLine + 2);
}
