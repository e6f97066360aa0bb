import { IncomingMessage, type ServerResponse } from "node:http";
import { ApiError } from "#lib/errors";
import { log, toLogFields } from "#lib/log";
import { say } from "#lib/problems/problem";
import { methodNotAllowed } from "#lib/server/check-request";
import { refuse, type SecurityHeaders } from "#lib/server/refuse";
import { hasBody, readBody } from "#lib/server/to-web-request";

/** Next's own request handler. */
export type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

type Surroundings = { handleByNext: NextHandler; security: SecurityHeaders; isDev: boolean };

// Route handlers, which answer with data. Every route that accepts a body is one. Pages are only read.
const DATA = /^\/(?:api|v2|healthz|readyz|openapi\.json|security\.txt|\.well-known)(?:\/|$)/;
const PAGE_DATA = /^(?:rsc|next-router-.*|next-url)$/;
// Build files and files from public/, which Next lets browsers cache. Nothing personal has such a name.
const FILE = /^\/_next\/static\/|\.(?:css|ico|jpg|js|png|svg|txt|webmanifest|webp|woff2)$/;

/** Lets Next answer, after checking what Next does not check itself: methods, body size and security headers. */
export const answerByNext = async (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  { handleByNext, security, isDev }: Surroundings,
): Promise<void> => {
  const isRead = request.method === "GET" || request.method === "HEAD";
  try {
    if (!DATA.test(path) && !isDev) checkPageRequest(request, isRead);
    const body = hasBody(request) ? await readBody(request, response) : undefined;
    setHeaders(request, response, path, security);
    await handleByNext(body && !isRead ? withBody(request, body) : request, response);
  } catch (error) {
    if (!request.errored && !response.destroyed) refuse(request, response, toApiError(error), security);
  }
};

function checkPageRequest({ headers }: IncomingMessage, isRead: boolean): void {
  if (!isRead) throw methodNotAllowed(["GET", "HEAD"]);
  const state = headers["next-router-state-tree"];
  if (state !== undefined && !isRouterState(String(state))) {
    throw new ApiError("InvalidRequest", say("router_state"));
  }
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  log("error", "Next.js failed", toLogFields(error));
  return new ApiError("InternalServerError", say("fault"));
}

function setHeaders(request: IncomingMessage, response: ServerResponse, path: string, security: SecurityHeaders): void {
  if (DATA.test(path)) {
    setAll(response, security.data);
    // These headers ask for a page's data and would turn the answer into a redirect.
    for (const name in request.headers) if (PAGE_DATA.test(name)) delete request.headers[name];
    return;
  }
  setAll(response, security.common);
  const policy = security.pagePolicy();
  response.setHeader("Content-Security-Policy", policy);
  // Next adds the nonce from this header to its scripts.
  request.headers["content-security-policy"] = policy;
  if (!FILE.test(path)) response.setHeader("Cache-Control", "no-store");
}

function setAll(response: ServerResponse, fields: SecurityHeaders["common"]): void {
  for (const [name, value] of fields) response.setHeader(name, value);
}

// The body has already been read to count it, so Next gets a message that contains it.
function withBody(request: IncomingMessage, body: Buffer): IncomingMessage {
  const message = new IncomingMessage(request.socket);
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  const headers = { ...request.headers, "content-length": String(body.byteLength) };
  delete headers["transfer-encoding"];
  Object.assign(message, { method, url, httpVersion, httpVersionMajor, httpVersionMinor, headers, complete: true });
  message.push(body);
  message.push(null);
  return message;
}

const MAX_DEPTH = 30;
const MARKERS: readonly unknown[] = ["refetch", "inside-shared-layout", "metadata-only"];
const PARAM_TYPE = /^(?:c|oc|d|(?:ci|di)\((?:\.{1,3}|\.\.\)\(\.\.)\))$/;

/**
 * Whether a `next-router-state-tree` header has the shape in which Next sends a browser's position in the page tree. Next
 * answers any other value with a 500.
 */
export const isRouterState = (header: string): boolean => {
  try {
    return isTree(JSON.parse(decodeURIComponent(header)), 0);
  } catch {
    return false;
  }
};

function isTree(value: unknown, depth: number): boolean {
  if (!Array.isArray(value) || value.length < 2 || value.length > 6 || depth > MAX_DEPTH) return false;
  const [segment, branches, address, marker, hints, last] = value as unknown[];
  return (
    (isText(segment) || isParam(segment)) &&
    areBranches(branches, depth) &&
    isAbsentOr(address, isPair) &&
    isAbsentOr(marker, (given) => MARKERS.includes(given)) &&
    isAbsentOr(hints, (given) => typeof given === "number") &&
    (last === undefined || isText(last))
  );
}

function areBranches(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((branch) => isTree(branch, depth + 1));
}

function isParam(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [name, text, type, siblings] = value as unknown[];
  const hasType = isText(type) && PARAM_TYPE.test(type);
  return isText(name) && isText(text) && hasType && isAbsentOr(siblings, (given) => isList(given));
}

function isPair(value: unknown): boolean {
  return isList(value) && value.length === 2;
}

function isList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isAbsentOr(value: unknown, check: (value: unknown) => boolean): boolean {
  return value === undefined || value === null || check(value);
}
