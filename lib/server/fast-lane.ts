import type { IncomingMessage, ServerResponse } from "node:http";
import * as healthz from "#app/healthz/route";
import * as openApi from "#app/openapi.json/route";
import * as readyz from "#app/readyz/route";
import * as securityTxt from "#app/security.txt/route";
import * as nothing from "#app/v2/[[...path]]/route";
import * as accounts from "#app/v2/accounts/route";
import * as revoke from "#app/v2/keys/revoke/route";
import * as me from "#app/v2/me/route";
import * as retry from "#app/v2/posts/[postId]/retry/route";
import * as post from "#app/v2/posts/[postId]/route";
import * as posts from "#app/v2/posts/route";
import * as github from "#app/v2/secret-scanning/github/route";
import { ApiError } from "#lib/errors";
import { TextResponse } from "#lib/http/json-response";
import type { RouteHandler } from "#lib/http/operation";
import { log, toLogFields } from "#lib/log";
import { say } from "#lib/problems/problem";
import { refuse, type SecurityHeaders } from "#lib/server/refuse";
import { hasBody, readBody, toWebRequest } from "#lib/server/to-web-request";

/**
 * Answers by calling the route file's own handler, without Next. The handler always leads to an answer: what it throws is
 * logged and becomes a 500. Returns the answer's request id.
 */
export const answerFast = async (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  route: Route,
  { origin, security }: { origin: string; security: SecurityHeaders },
): Promise<string | undefined> => {
  try {
    const body = hasBody(incoming) ? await readBody(incoming, outgoing) : undefined;
    const handle = route.module[incoming.method as keyof Route["module"]];
    const response = await handle(toWebRequest(incoming, origin, body), { params: Promise.resolve(route.params) });
    return await writeResponse(response, outgoing, security);
  } catch (error) {
    if (incoming.errored || outgoing.destroyed) return undefined;
    if (!(error instanceof ApiError)) log("error", "A route failed", { route: route.pattern, ...toLogFields(error) });
    refuse(incoming, outgoing, toApiError(error), security);
    return undefined;
  }
};

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError("InternalServerError", say("fault"), { cause: error });
}

type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** A route file that the front door calls itself, and the path parameters that it receives. */
export type Route = { pattern: string; module: Record<Method, RouteHandler>; params: Record<string, string> };

const NO_PARAMS = {};
const FIXED = new Map<string, Route>(
  Object.entries({
    "/healthz": healthz,
    "/readyz": readyz,
    "/openapi.json": openApi,
    "/security.txt": securityTxt,
    "/.well-known/security.txt": securityTxt,
    "/v2/me": me,
    "/v2/accounts": accounts,
    "/v2/posts": posts,
    "/v2/keys/revoke": revoke,
    "/v2/secret-scanning/github": github,
  }).map(([pattern, module]) => [pattern, { pattern, module, params: NO_PARAMS }]),
);

const WITH_ID = [
  { prefix: "/v2/posts/", name: "postId", suffix: "/retry", module: retry },
  { prefix: "/v2/posts/", name: "postId", suffix: "", module: post },
];

const NOTHING: Route = { pattern: "/v2/{path}", module: nothing, params: NO_PARAMS };

/** The route file for a path, chosen as Next would choose it. Undefined when Next must answer the path. */
export const findRoute = (path: string): Route | undefined => {
  const fixed = FIXED.get(path);
  if (fixed) return fixed;
  if (!path.startsWith("/v2/")) return path === "/v2" ? NOTHING : undefined;
  for (const { prefix, name, suffix, module } of WITH_ID) {
    if (!path.startsWith(prefix) || !path.endsWith(suffix)) continue;
    const id = path.slice(prefix.length, path.length - suffix.length);
    if (id && !id.includes("/")) {
      return { pattern: `${prefix}{${name}}${suffix}`, module, params: { [name]: decodeURIComponent(id) } };
    }
  }
  return NOTHING;
};

/** A path for the log that keeps only segments that look like words. Ids and possible secrets are left out. */
export const routePattern = (path: string): string => {
  if (path.startsWith("/_next/")) return "/_next/{path}";
  return path.replace(/[^/]+/g, (segment) => (/^(?:v\d|[a-z][a-z.-]{0,23})$/.test(segment) ? segment : "{…}"));
};

/**
 * Writes a handler's answer with the security headers in a single write. The handler's own headers take precedence. Returns
 * the answer's request id.
 */
const writeResponse = async (
  response: Response,
  outgoing: ServerResponse,
  security: SecurityHeaders,
): Promise<string | undefined> => {
  const isText = response instanceof TextResponse;
  const body = isText ? response.content : await readWhole(response);
  const own = new Map<string, string>();
  const head: string[] = [];
  for (const [name, value] of isText ? response.fields : response.headers) {
    own.set(name.toLowerCase(), value);
    head.push(name, value);
  }
  for (const [name, value] of security.data) if (!own.has(name.toLowerCase())) head.push(name, value);
  if (body !== undefined) head.push("Content-Length", String(Buffer.byteLength(body)));
  outgoing.writeHead(response.status, head);
  outgoing.end(body);
  return own.get("x-request-id");
};

async function readWhole(response: Response): Promise<Buffer | undefined> {
  return response.body === null ? undefined : Buffer.from(await response.arrayBuffer());
}
