import type { IncomingMessage, ServerResponse } from "node:http";
import { ApiError } from "#lib/errors";
import { log, toLogFields } from "#lib/log";
import { say } from "#lib/problems/problem";
import { hasBody, readBody } from "#lib/server/read-body";
import { refuse } from "#lib/server/refuse";
import type { Route } from "#lib/server/route-table";
import type { SecurityHeaders } from "#lib/server/security-headers";
import { toWebRequest } from "#lib/server/to-web-request";
import { writeResponse } from "#lib/server/write-response";

/**
 * Answers by calling the route file's own handler, past Next. Whatever the handler does there is an answer:
 * what it throws is logged and becomes a 500. Returns the answer's request id.
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
