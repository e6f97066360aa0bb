import { errorResponse } from "#lib/http/error-response";
import { emptyResponse } from "#lib/http/json-response";
import type { RequestHeaders, RouteAnswer } from "#lib/http/route";

const UNAUTHORIZED = 401;

/** Whether a person will see the answer: a browser that navigates to the address, not a script or a program. */
export const isNavigation = (headers: RequestHeaders): boolean => {
  const mode = headers.get("sec-fetch-mode");
  // On plain http:// browsers send no `Sec-Fetch-Mode`, so only their `Accept` header distinguishes them from programs.
  return mode === null ? /\btext\/html\b/i.test(headers.get("accept") ?? "") : mode === "navigate";
};

/**
 * The answer to any thrown error when a person will see it: a redirect to a page that explains the error in their language
 * and links back to `page`, or to the sign-in page when the session is missing.
 */
export const errorPage = (thrown: unknown, page: string, requestId: string): RouteAnswer => {
  const { status } = errorResponse(thrown, "error", requestId);
  const query =
    status === UNAUTHORIZED
      ? new URLSearchParams({ callbackUrl: page })
      : new URLSearchParams({ back: page, id: requestId });
  return emptyResponse(303, {
    Location: `${status === UNAUTHORIZED ? "/sign-in" : "/trouble"}?${query}`,
    "Cache-Control": "no-store",
    "X-Request-Id": requestId,
  });
};
