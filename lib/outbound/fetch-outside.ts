import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  validateHeaderName,
  validateHeaderValue,
} from "node:http";
import type { Socket } from "node:net";
import { pipeline, Readable } from "node:stream";
import { settings } from "#lib/env";
import { openConnection } from "#lib/outbound/open-connection";
import { OutboundError } from "#lib/outbound/outbound-error";
import { limitBody } from "#lib/outbound/read-body";
import { findAddresses, type Resolve, type Target, toTarget } from "#lib/outbound/to-target";
import { say } from "#lib/problems/problem";
import { VERSION } from "#lib/version";

const MAX_REDIRECTS = 3;
const REDIRECTS = [301, 302, 303, 307, 308];
const FOLLOWING_METHODS = ["GET", "HEAD"];
// What another origin may see. Anything else could be a secret, whatever it is called.
const HARMLESS_HEADERS = ["accept", "accept-language", "range", "user-agent"];

/** How something outside is fetched. */
export type OutsideOptions = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | Readable;
  /** How long the answer's body may be; 1 MiB unless said otherwise. */
  maxBytes?: number;
  /** How long everything may take, up to the last byte of the body; 30 s unless said otherwise. */
  timeoutMilliseconds?: number;
  /** How long the other side may be silent; 10 s unless said otherwise. */
  idleMilliseconds?: number;
  /** Only GET and HEAD follow; any other request would be made twice. */
  redirect?: "follow" | "error";
  signal?: AbortSignal;
  resolve?: Resolve;
};

/** What came back, whatever its status. Read the body or destroy it. */
export type OutsideAnswer = { status: number; headers: IncomingHttpHeaders; url: string; body: Readable };

/**
 * Fetches from an address that a user or a network supplied, from the internet or from what the operator allows and
 * nowhere else. Throws `OutboundError`, and so does reading the body.
 */
export const fetchOutside = async (address: string, options: OutsideOptions = {}): Promise<OutsideAnswer> => {
  const outgoing = toOutgoing(options);
  const call = startCall(options.timeoutMilliseconds ?? 30_000, options.signal);
  const limits = { maxBytes: options.maxBytes ?? 1_048_576, idleMilliseconds: options.idleMilliseconds ?? 10_000 };
  try {
    const { target, response } = await follow(toTarget(address), outgoing, { ...options, ...limits, call });
    const body = limitBody(response, { ...limits, toError: call.toError });
    body.on("close", call.end);
    return { status: response.statusCode ?? 0, headers: response.headers, url: target.url.href, body };
  } catch (error) {
    call.end();
    throw call.toError(error);
  }
};

type Route = { call: Call; idleMilliseconds: number; redirect?: "follow" | "error"; resolve?: Resolve };
type Arrival = { target: Target; response: IncomingMessage };

async function follow(first: Target, outgoing: Outgoing, route: Route): Promise<Arrival> {
  const hops = route.redirect === "error" || !FOLLOWING_METHODS.includes(outgoing.method) ? 0 : MAX_REDIRECTS;
  let [target, headers] = [first, outgoing.headers];
  for (let hop = 0; ; hop++) {
    const response = await exchange(target, { ...outgoing, headers }, route);
    const { location } = response.headers;
    if (location === undefined || !REDIRECTS.includes(response.statusCode ?? 0)) return { target, response };
    response.destroy();
    if (hop === hops) throw new OutboundError("TooManyRedirects", say("outbound_redirects", { host: first.host }));
    const next = toTarget(location, target.url);
    if (next.url.origin !== target.url.origin) headers = withoutSecrets(headers);
    target = next;
  }
}

async function exchange(target: Target, outgoing: Outgoing, route: Route): Promise<IncomingMessage> {
  const { call, idleMilliseconds } = route;
  call.signal.throwIfAborted();
  const addresses = await orAbort(findAddresses(target, route.resolve), call.signal);
  const socket = await openConnection(target, addresses, { signal: call.signal, idleMilliseconds });
  call.wasSent = true;
  const response = await sendRequest(socket, target.url, outgoing);
  socket.setTimeout(0);
  return response;
}

// Looking a name up cannot be stopped, only left behind.
function orAbort<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
    work.then(resolve, reject);
  });
}

function toOutgoing({ method = "GET", headers = {}, body }: OutsideOptions): Outgoing {
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
  const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { method: method.toUpperCase(), headers: Object.fromEntries(lowered), body };
}

function withoutSecrets(headers: Outgoing["headers"]): Outgoing["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS_HEADERS.includes(name)));
}

/** One call of `fetchOutside` under way, redirects included. */
export type Call = {
  /** Aborted when the call's time is over or its caller gives it up. */
  signal: AbortSignal;
  /** To be set before the first byte of a request is written. */
  wasSent: boolean;
  /** The error that the caller is told: why the call was ended, else what is given. */
  toError(cause: unknown): OutboundError;
  /** Ends everything that belongs to the call. */
  end(): void;
};

/** Starts the clock of a call. */
const startCall = (timeoutMilliseconds: number, given?: AbortSignal): Call => {
  const own = new AbortController();
  const stop = () => own.abort(new OutboundError("Interrupted", say("outbound_given_up"), { cause: given?.reason }));
  const clock = setTimeout(() => {
    own.abort(new OutboundError("Timeout", say("outbound_slow", { milliseconds: timeoutMilliseconds })));
  }, timeoutMilliseconds);
  given?.addEventListener("abort", stop);
  if (given?.aborted) stop();
  const call: Call = {
    signal: own.signal,
    wasSent: false,
    toError: (cause) => toOutboundError(own.signal.aborted ? own.signal.reason : cause, call.wasSent),
    end: () => {
      clearTimeout(clock);
      given?.removeEventListener("abort", stop);
    },
  };
  return call;
};

function toOutboundError(cause: unknown, wasSent: boolean): OutboundError {
  if (!(cause instanceof OutboundError)) {
    return new OutboundError("Interrupted", say("outbound_cut"), { wasSent, cause });
  }
  return cause.wasSent === wasSent
    ? cause
    : new OutboundError(cause.code, cause.problem, { wasSent, cause: cause.cause });
}

/** One request as it is written. Header names are lower case. */
type Outgoing = {
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array | Readable | undefined;
};

/**
 * Writes a request to an open connection and resolves with the head of the answer, its body paused. The connection is
 * used for nothing else, and the answer is asked for uncompressed so that limits mean what they say.
 */
const sendRequest = (socket: Socket, url: URL, { method, headers, body }: Outgoing): Promise<IncomingMessage> =>
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

/**
 * Who asks, with an address at which to find out more: servers of pictures refuse programs that do not give one.
 */
export const userAgent = (): string => `BoringConsole/${VERSION} (+${settings().publicUrl})`;
