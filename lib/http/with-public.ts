import { randomUUID } from "node:crypto";
import { watchCommits } from "#lib/db/database-errors";
import { dialectOf, errorResponse, type OperationProgress } from "#lib/http/error-response";
import { jsonResponse, plainResponse } from "#lib/http/json-response";
import { requireAttempt } from "#lib/http/limit-failures";
import type { Call, Operation, Reply } from "#lib/http/operation";
import { readInput } from "#lib/http/read-input";
import type { RouteHandler } from "#lib/http/route";

type Handler<Body, Query, Answer> = (call: Call<Body, Query>) => Promise<Reply<Answer>>;

/** Wraps a route to which anybody may send something, as often as its operation allows one address to. */
export const withAnonymous =
  <Body, Query, Answer>(
    operation: Operation<Body, Query, Answer>,
    handle: Handler<Body, Query, Answer>,
  ): RouteHandler =>
  async (request, context) => {
    const requestId = randomUUID();
    const progress: OperationProgress = { operation, isCommitted: false };
    try {
      if (operation.limit) await requireAttempt(operation.id, request.headers, operation.limit);
      const call = await readInput(operation, request, context.params);
      const reply = await watchCommits(progress, () => handle(call));
      const { status, schema } = operation.answer;
      return jsonResponse(status, schema.parse(reply.body), requestId, reply.headers);
    } catch (error) {
      return errorResponse(error, dialectOf(request.headers), requestId, {}, { progress });
    }
  };

/**
 * Wraps a route that anybody may read. It reveals nothing about any user. The answer is JSON unless `mediaType` is given. Errors look
 * as they do on every other route.
 */
export const withPublic =
  (handle: () => Promise<unknown> | unknown, mediaType?: "text/plain"): RouteHandler =>
  async (request) => {
    const requestId = randomUUID();
    try {
      const body = await handle();
      return mediaType ? plainResponse(String(body), mediaType, requestId) : jsonResponse(200, body, requestId);
    } catch (error) {
      return errorResponse(error, dialectOf(request.headers), requestId);
    }
  };
