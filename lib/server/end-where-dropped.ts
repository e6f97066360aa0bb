import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/**
 * Makes an answer end its connection when more data arrived together with an upgrade request. Node stops reading after such
 * a request and drops the rest of the chunk. The closed connection tells the sender that the data was not read (RFC 9112
 * §9.6). Other clients that offer an upgrade, as Java's always does, keep their connections.
 */
export const endWhereDropped = (): ((request: IncomingMessage, response: ServerResponse) => void) => {
  // The position in the connection where the latest request ended. It is known only while every request so far offered an
  // upgrade.
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

// The length as every common client writes the head. For any other client the byte count differs, and its connection ends as
// well.
function toHeadLength({ method = "", url = "", rawHeaders }: IncomingMessage): number {
  const requestLine = `${method} ${url} HTTP/1.1\r\n`.length;
  // `: ` after a name and the line break after a value are two characters each.
  return rawHeaders.reduce((length, text) => length + text.length + 2, requestLine + 2);
}
