import { randomUUID } from "node:crypto";
import { dialectOf } from "#lib/http/dialect";
import { errorResponse } from "#lib/http/error-response";
import { jsonResponse } from "#lib/http/json-response";

/** A route that anybody may ask: it says nothing about anyone. Errors look as they do everywhere else. */
export const withPublic =
  (handle: (request: Request) => Promise<unknown> | unknown): ((request: Request) => Promise<Response>) =>
  async (request) => {
    const requestId = randomUUID();
    try {
      return jsonResponse(200, await handle(request), requestId);
    } catch (error) {
      return errorResponse(error, dialectOf(request.headers), requestId);
    }
  };
