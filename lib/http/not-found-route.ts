import { ApiError } from "#lib/errors";
import type { RouteHandler } from "#lib/http/route";
import { withPublic } from "#lib/http/with-public";
import type { Problem } from "#lib/problems/problem";

/** A route for the rest of an address, where nothing is: 404 for every method. */
export const notFoundRoute = (problem: Problem) => {
  const handle: RouteHandler = withPublic(() => {
    throw new ApiError("NotFound", problem);
  });
  return { GET: handle, HEAD: handle, POST: handle, PUT: handle, PATCH: handle, DELETE: handle, OPTIONS: handle };
};
