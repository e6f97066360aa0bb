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
// Headers that another origin may see. Any other header could carry a secret, whatever its name.
const HARMLESS_HEADERS = ["accept", "accept-language", "range", "user-agent"];

/** How to fetch from outside. */
export type OutsideOptions = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | Readable;
  /** The maximum body length; 1 MiB by default. */
  maxBytes?: number;
  /** The time limit for the whole call, up to the last byte of the body; 30 s by default. */
  timeoutMilliseconds?: number;
  /** How long the connection may be idle; 10 s by default. */
  idleMilliseconds?: number;
  /** Only GET and HEAD follow redirects. Any other request would be made twice. */
  redirect?: "follow" | "error";
  signal?: AbortSignal;
  resolve?: Resolve;
};

/** An answer of any status. The caller must read the body or destroy it. */
export type OutsideAnswer = { status: number; headers: IncomingHttpHeaders; url: string; body: Readable };

/**
 * Fetches an address that a user or a network supplied. Connects only to the internet or to hosts that the operator allows.
 * Throws `OutboundError`, as does reading the body.
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

// A DNS lookup cannot be cancelled, only abandoned.
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

/** A running `fetchOutside` call, including its redirects. */
export type Call = {
  /** Aborted when the call times out or its caller cancels it. */
  signal: AbortSignal;
  /** Set before the first byte of a request is written. */
  wasSent: boolean;
  /** The error to throw to the caller: why the call was ended, or else the given cause. */
  toError(cause: unknown): OutboundError;
  /** Ends the call and releases everything that belongs to it. */
  end(): void;
};

/** Starts a call and its timeout. */
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

/** A request as it is written. Header names are lower case. */
type Outgoing = {
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array | Readable | undefined;
};

/**
 * Writes a request to an open connection and resolves with the head of the response, with its body paused. The connection
 * is not reused. The response is requested uncompressed, so that limits apply to what is actually read.
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
    // If the server tries to upgrade the protocol, neither a response nor an error follows.
    outgoing.on("close", () => reject(new Error("The connection was closed without an answer.")));
    if (body instanceof Readable) pipeline(body, outgoing, () => {});
    else outgoing.end(body);
  });

/** The `User-Agent`, with an address for more information. Some image servers refuse clients that do not give one. */
export const userAgent = (): string => `BoringConsole/${VERSION} (+${settings().publicUrl})`;
