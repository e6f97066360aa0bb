import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { ApiError } from "#lib/errors";
import { type Problem, say } from "#lib/problems/problem";
import type { PublicOrigin } from "#lib/server/client-address";
import { isLoopback } from "#lib/setting-formats";

/** The parts of a request that the front door checks first. */
export type RequestHead = {
  method?: string | undefined;
  url?: string | undefined;
  httpVersion: string;
  headers: IncomingHttpHeaders;
  /** Names and values alternate, in the order received. */
  rawHeaders: string[];
};

export const MAX_BODY_BYTES = 1024 * 1024;

/** The methods that some route answers. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

const IDEMPOTENCY_KEY = "idempotency-key";

/** The reason to refuse a request from its head, with the same rules for every address. Undefined when there is none. */
export const checkRequest = (head: RequestHead): ApiError | undefined => {
  const { method = "", url = "", httpVersion, headers } = head;
  if (!METHODS.includes(method)) return methodNotAllowed(METHODS);
  const fault = isForServer(head) ? undefined : checkTarget(url);
  return fault ?? checkHost(headers.host, httpVersion) ?? checkBodyHeaders(headers) ?? checkIdempotencyKey(head);
};

/** Whether a request asks about the server as a whole (`OPTIONS *`, RFC 9110 §9.3.7). */
export const isForServer = ({ method, url }: Pick<RequestHead, "method" | "url">): boolean =>
  method === "OPTIONS" && url === "*";

/** A 405 whose `Allow` header lists the methods. */
export const methodNotAllowed = (methods: readonly string[]): ApiError => {
  const allow = methods.join(", ");
  return new ApiError("MethodNotAllowed", say("method_other", { methods: allow }), { headers: { Allow: allow } });
};

/** A 413 that states the limit. */
export const bodyTooLarge = (): ApiError =>
  new ApiError("PayloadTooLarge", say("body_large", { most: MAX_BODY_BYTES }));

function checkTarget(url: string): ApiError | undefined {
  if (!url.startsWith("/") || !/^[\x21-\x7e]+$/.test(url) || url.includes("#")) {
    return invalid(say("target_form"));
  }
  const end = url.indexOf("?");
  const path = end === -1 ? url : url.slice(0, end);
  const decoded = path.includes("%") ? decode(path) : path;
  if (decoded === undefined) return invalid(say("path_percent"));
  // This layer and a later one would read each of these differently, which is how attackers get around checks.
  if (/\/\/|\\|\p{Cc}|\/\.\.?(?:\/|$)/u.test(decoded)) {
    return invalid(say("path_segments"));
  }
  return undefined;
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** The reason to refuse a Host header, or its absence. */
const checkHost = (host: string | undefined, httpVersion: string): ApiError | undefined => {
  if (host === undefined && httpVersion !== "1.1") return undefined;
  return host && !/[\s,/@?#\\]/.test(host) ? undefined : invalid(say("host_single"));
};

function checkBodyHeaders(headers: IncomingHttpHeaders): ApiError | undefined {
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== "100-continue") {
    return invalid(say("expect_other"));
  }
  const encoding = headers["content-encoding"];
  const transfer = headers["transfer-encoding"];
  const isEncoded = encoding !== undefined && encoding.toLowerCase() !== "identity";
  if (isEncoded || (transfer !== undefined && transfer.toLowerCase() !== "chunked")) {
    return new ApiError("UnsupportedMediaType", say("body_compressed"));
  }
  return Number(headers["content-length"] ?? 0) > MAX_BODY_BYTES ? bodyTooLarge() : undefined;
}

// Joined, two keys would form a third, which a retry would not repeat.
function checkIdempotencyKey({ headers, rawHeaders }: RequestHead): ApiError | undefined {
  if (!headers[IDEMPOTENCY_KEY]?.includes(",")) return undefined;
  const given = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === IDEMPOTENCY_KEY,
  );
  if (given.length < 2) return undefined;
  const problem = say("header_repeated");
  return new ApiError("InvalidRequest", problem, {
    at: "Idempotency-Key",
    fields: { "Idempotency-Key": [problem] },
  });
}

function invalid(problem: Problem): ApiError {
  return new ApiError("InvalidRequest", problem);
}

type Asked = Pick<IncomingMessage, "url" | "httpVersion" | "headers"> & {
  socket: { localAddress?: string | undefined; localPort?: number | undefined };
};

/**
 * Turns a request in absolute form for this server into one for its path, in place. The address then replaces the Host (RFC
 * 9112 §3.2.2). Any other address stays unchanged and is refused later.
 */
export const acceptAbsoluteForm = (request: Asked, origin: PublicOrigin): void => {
  const { url = "", headers, httpVersion } = request;
  if (url.startsWith("/")) return;
  const [, start, authority = "", rest = ""] = /^(https?:\/\/)([\w.:[\]-]+)((?:[/?].*)?)$/i.exec(url) ?? [];
  const host = start && URL.parse(start + authority)?.host;
  if (!host || checkHost(headers.host, httpVersion) || !ownHosts(request, origin).includes(host)) return;
  request.url = rest.startsWith("/") ? rest : `/${rest}`;
  headers.host = host;
};

function ownHosts({ socket: { localAddress = "", localPort } }: Asked, origin: PublicOrigin): string[] {
  const address = localAddress.replace(/^::ffff:(?=\d+\.)/, "");
  const names = isLoopback(address) ? ["localhost", "127.0.0.1", "::1"] : [address];
  return [origin.host, ...names.map((name) => toHost(name, localPort))];
}

function toHost(name: string, port: number | undefined): string {
  return URL.parse(`http://${name.includes(":") ? `[${name}]` : name}:${port}`)?.host ?? "";
}

// Forwarding headers, Next's internal signals, and headers that other hosts of Next add.
const UNTRUSTED =
  /^(?:x-(?:forwarded|middleware|nextjs|next|now|matched|invoke|vercel|action|prerender|original|rewrite|real|client|cluster|host|envoy|azure|appengine)(?:-|$)|forwarded$|next-(?:action|resume)|content-security-policy|cf-|true-client|fastly-|fly-|via$)/;

/** Removes from a request, in place, the headers that only the front door may set, and sets them again. */
export const cleanHeaders = (headers: IncomingHttpHeaders, address: string, origin: PublicOrigin): void => {
  for (const name in headers) if (UNTRUSTED.test(name)) delete headers[name];
  headers.host = origin.host;
  headers["x-forwarded-for"] = address;
  headers["x-forwarded-host"] = origin.host;
  headers["x-forwarded-proto"] = origin.protocol;
  headers["x-forwarded-port"] = origin.port;
};

const NEVER_BY_HOST = /^\/(?:v2|api|_next|healthz|readyz|openapi\.json|security\.txt|\.well-known)(?:\/|$)/;
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)(?::\d+)?$/;

/** The address that a request under an alternative spelling is redirected to, and with which status. */
export type Redirect = { status: 307 | 308; location: string };

/**
 * The redirect for a path with a trailing slash. While the public address is only a guess, also the redirect for a page on
 * another loopback name: cookies belong to one host name, so sign-in works under only one.
 */
export const findRedirect = (
  { method, url = "/", headers }: RequestHead,
  path: string,
  { origin, host, isSet }: PublicOrigin,
): Redirect | undefined => {
  if (path.length > 1 && path.endsWith("/")) {
    return { status: 308, location: path.slice(0, -1) + url.slice(path.length) };
  }
  if (isSet || headers.host === undefined || headers.host === host) return undefined;
  const isPage = (method === "GET" || method === "HEAD") && !NEVER_BY_HOST.test(path);
  const isOtherSpelling = LOOPBACK.test(headers.host) && portOf(headers.host) === portOf(host);
  return isPage && isOtherSpelling ? { status: 307, location: origin + url } : undefined;
};

function portOf(host: string): string {
  return /:(\d+)$/.exec(host)?.[1] ?? "80";
}
