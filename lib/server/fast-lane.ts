import type { IncomingMessage, ServerResponse } from "node:http";
import { ApiError } from "#lib/errors";
import type { RouteAnswer } from "#lib/http/route";
import { log, toLogFields } from "#lib/log";
import { say } from "#lib/problems/problem";
import type { Route, RouteModule } from "#lib/server/load-routes";
import { refuse, type SecurityHeaders } from "#lib/server/refuse";
import { hasBody, readBody, toRouteRequest } from "#lib/server/to-route-request";

/**
 * Answers by calling a route file's handler. The handler always leads to an answer: what it throws is logged and becomes a
 * 500. Returns the answer's request id.
 */
export const answerFast = async (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  route: Route,
  { origin, security }: { origin: string; security: SecurityHeaders },
): Promise<string | undefined> => {
  try {
    const body = hasBody(incoming) ? await readBody(incoming, outgoing) : undefined;
    const handle = route.module[incoming.method as keyof RouteModule];
    const answer = await handle(toRouteRequest(incoming, origin, body), { params: route.params });
    return writeAnswer(answer, outgoing, security);
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

/**
 * Writes an answer with the security headers in a single write. Its own headers take precedence. Returns its request id.
 */
const writeAnswer = (
  { status, headers, content }: RouteAnswer,
  outgoing: ServerResponse,
  security: SecurityHeaders,
): string | undefined => {
  const own = new Map<string, string>();
  const head: string[] = [];
  for (const [name, value] of headers) {
    own.set(name.toLowerCase(), value);
    head.push(name, value);
  }
  for (const [name, value] of security.data) if (!own.has(name.toLowerCase())) head.push(name, value);
  if (content !== null) head.push("Content-Length", String(Buffer.byteLength(content)));
  outgoing.writeHead(status, head);
  outgoing.end(content ?? undefined);
  return own.get("x-request-id");
};
