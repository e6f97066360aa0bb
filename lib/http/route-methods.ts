import { randomUUID } from "node:crypto";
import { ApiError } from "#lib/errors";
import { dialectOf, errorResponse } from "#lib/http/error-response";
import { emptyResponse } from "#lib/http/json-response";
import type { RouteHandler } from "#lib/http/route";
import { say } from "#lib/problems/problem";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Method = (typeof METHODS)[number];

/**
 * All methods of a route, completed from those that it defines: HEAD follows GET, OPTIONS lists the methods, and every other
 * method answers 405 with `Allow` (RFC 9110 §15.5.6).
 */
export const routeMethods = (
  handlers: Partial<Record<"GET" | "POST" | "PATCH" | "DELETE", RouteHandler>>,
): Record<Method, RouteHandler> => {
  const has = new Set<string>([...Object.keys(handlers), "OPTIONS", ...(handlers.GET ? ["HEAD"] : [])]);
  const allow = METHODS.filter((method) => has.has(method)).join(", ");
  const methodNotAllowed: RouteHandler = async (request) => {
    const error = new ApiError("MethodNotAllowed", say("method_other", { methods: allow }), {
      headers: { Allow: allow },
    });
    return errorResponse(error, dialectOf(request.headers), randomUUID());
  };
  return {
    GET: handlers.GET ?? methodNotAllowed,
    HEAD: handlers.GET ? withoutBody(handlers.GET) : methodNotAllowed,
    POST: handlers.POST ?? methodNotAllowed,
    PUT: methodNotAllowed,
    PATCH: handlers.PATCH ?? methodNotAllowed,
    DELETE: handlers.DELETE ?? methodNotAllowed,
    OPTIONS: async () => emptyResponse(204, { Allow: allow, "X-Request-Id": randomUUID() }),
  };
};

function withoutBody(get: RouteHandler): RouteHandler {
  return async (request, context) => {
    return { ...(await get(request, context)), content: null };
  };
}
