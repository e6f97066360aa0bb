import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { log } from "#lib/log";
import { clientAddress } from "#lib/server/client-address";
import { endWhereDropped } from "#lib/server/end-where-dropped";
import { refuseSocket, type SecurityHeaders } from "#lib/server/refuse";

type Handlers = {
  onRequest(request: IncomingMessage, response: ServerResponse): void;
  /** Absent: upgrade requests are ignored. */
  onUpgrade?: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | undefined;
};

// Together these limits end, within 20 seconds, a connection that sends no request or sends it too slowly.
const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1000,
};

const COMPLAINTS: Record<string, [status: number, message: string]> = {
  HPE_HEADER_OVERFLOW: [431, `The headers are larger than ${LIMITS.maxHeaderSize} bytes.`],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, "The chunk extensions are too large."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request took too long to arrive."],
};
const MALFORMED: [status: number, message: string] = [400, "This is not a valid HTTP request."];

/** The server, and the functions that end its connections. */
type BoundServer = {
  server: Server;
  /** Makes every answer in progress end its connection (`Connection: close`). */
  announceEnd(): void;
  /** Ends the connections without a request in progress. */
  endIdle(): void;
};

/** An HTTP server that limits the size and duration of everything a caller sends, and refuses malformed requests. */
export const boundServer = (
  security: SecurityHeaders,
  keepAliveSeconds: number,
  { onRequest, onUpgrade }: Handlers,
): BoundServer => {
  const server = createServer({
    ...LIMITS,
    keepAliveTimeout: keepAliveSeconds * 1000,
    // A repeated header field must be recognisable, and a missing Host must be answered with our headers.
    joinDuplicateHeaders: true,
    requireHostHeader: false,
    // Java's client and `curl --http2` offer HTTP/2 with every request and accept an answer over HTTP/1.1.
    shouldUpgradeCallback: ({ headers }) => onUpgrade !== undefined && headers.upgrade === "websocket",
  });
  server.maxHeadersCount = 0;
  const latest = new WeakMap<Duplex, ServerResponse>();
  const endAfterOffer = endWhereDropped();
  const accept = (request: IncomingMessage, response: ServerResponse) => {
    latest.set(request.socket, response);
    endAfterOffer(request, response);
    onRequest(request, response);
  };
  server.on("request", accept);
  // The server asks for the body only after it has checked the announced size.
  server.on("checkContinue", accept);
  server.on("checkExpectation", accept);
  server.on("connect", (_request, socket) => refuseSocket(socket, 405, "CONNECT is not answered here.", security));
  server.on("upgrade", (request, socket, head) => onUpgrade?.(request, socket, head));
  server.on("clientError", (error, socket) => refuseMalformed(error, socket, latest.get(socket), security));
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  dropSlowReaders(server, sockets);
  // A request that begins at the last moment gets its own time.
  dropIdlers(server, sockets, latest, keepAliveSeconds * 1000 + LIMITS.requestTimeout);
  const announceEnd = () => {
    for (const socket of sockets) {
      const response = latest.get(socket);
      if (response && !response.headersSent) response.setHeader("Connection", "close");
    }
  };
  const endIdle = () => {
    // Node counts a connection that has not sent anything as busy.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    server.closeIdleConnections();
  };
  return { server, announceEnd, endIdle };
};

function refuseMalformed(
  error: NodeJS.ErrnoException,
  socket: Duplex & { bytesRead?: number; remoteAddress?: string },
  latest: ServerResponse | undefined,
  security: SecurityHeaders,
): void {
  const isAnswering = latest && !latest.writableFinished && !latest.destroyed;
  if (isAnswering && (latest.req.complete || latest.headersSent)) {
    // The pending answer belongs to an earlier valid request, or already reports the error, so it is sent whole.
    latest.once("finish", () => socket.end(() => socket.destroy()));
    if (!latest.req.complete) latest.end();
    return;
  }
  if (socket.bytesRead === 0 || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const [status, message] = COMPLAINTS[error.code ?? ""] ?? MALFORMED;
  log("info", "Request refused", { status, address: clientAddress(undefined, socket.remoteAddress, 0) });
  refuseSocket(socket, status, message, security);
}

const SWEEP_MILLISECONDS = 1000;

/**
 * Ends a connection that has sent no request for this long after its last answer. Node's own timer restarts at every byte,
 * and also at the line breaks allowed between requests.
 */
const dropIdlers = (
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

const PATIENCE_MILLISECONDS = 10_000;

/** Bytes that must be sent, and since when they have been waiting. */
type Debt = { bytes: number; since: number };

/**
 * Ends connections whose clients do not read their answers (backpressure). Bytes that wait to be sent must be gone within
 * ten seconds, whatever is queued behind them.
 */
const dropSlowReaders = (server: Server, sockets: ReadonlySet<Socket>): void => {
  const debts = new WeakMap<Socket, Debt>();
  const sweep = () => {
    const now = performance.now();
    for (const socket of sockets) {
      const debt = debts.get(socket);
      // bytesWritten also counts the bytes still waiting.
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
