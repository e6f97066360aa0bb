import type { IncomingMessage, ServerResponse } from "node:http";
import { ApiError } from "#lib/errors";
import { log, toLogFields } from "#lib/log";
import { say } from "#lib/problems/problem";
import { methodNotAllowed } from "#lib/server/check-request";
import { refuse, type SecurityHeaders } from "#lib/server/refuse";
import { hasBody, readBody } from "#lib/server/to-route-request";

/** Next's own request handler. */
export type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

type Surroundings = { handleByNext: NextHandler; security: SecurityHeaders; isDev: boolean };

// Build files and files from public/, which Next lets browsers cache. Nothing personal has such a name.
const FILE = /^\/_next\/static\/|\.(?:css|ico|jpg|js|png|svg|txt|webmanifest|webp|woff2)$/;

/** Lets Next render a page, after checking what Next does not check itself: methods, body size and security headers. */
export const answerByNext = async (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  { handleByNext, security, isDev }: Surroundings,
): Promise<void> => {
  try {
    // Next's tools for development send and read more than pages do.
    if (!isDev) {
      checkPageRequest(request);
      if (hasBody(request)) await readBody(request, response);
    }
    setHeaders(request, response, path, security);
    await handleByNext(request, response);
  } catch (error) {
    if (!request.errored && !response.destroyed) refuse(request, response, toApiError(error), security);
  }
};

function checkPageRequest({ method, headers }: IncomingMessage): void {
  if (method !== "GET" && method !== "HEAD") throw methodNotAllowed(["GET", "HEAD"]);
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
  for (const [name, value] of security.common) response.setHeader(name, value);
  const policy = security.pagePolicy();
  response.setHeader("Content-Security-Policy", policy);
  // Next adds the nonce from this header to its scripts.
  request.headers["content-security-policy"] = policy;
  if (!FILE.test(path)) response.setHeader("Cache-Control", "no-store");
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
