import type { IncomingMessage, ServerResponse } from "node:http";
import { ApiError } from "#lib/errors";
import { TextResponse } from "#lib/http/json-response";
import { log, toLogFields } from "#lib/log";
import { say } from "#lib/problems/problem";
import type { Route, RouteModule } from "#lib/server/load-routes";
import { refuse, type SecurityHeaders } from "#lib/server/refuse";
import { hasBody, readBody, toWebRequest } from "#lib/server/to-web-request";

/**
 * Answers by calling a route file's handler. The handler always leads to an answer: what it throws is
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
    const handle = route.module[incoming.method as keyof RouteModule];
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
