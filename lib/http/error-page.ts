import { errorResponse } from "#lib/http/error-response";

const UNAUTHORIZED = 401;

/** Whether a person looks at the answer: a browser that opens the address, and no script or program. */
export const isNavigation = (headers: Headers): boolean => {
  const mode = headers.get("sec-fetch-mode");
  // On plain http:// browsers do not say so, and only what they would like to show tells them from programs.
  return mode === null ? /\btext\/html\b/i.test(headers.get("accept") ?? "") : mode === "navigate";
};

/**
 * The answer to anything that was thrown where a person looks at it: they are led to a page that says so in their
 * language and leads back to `page`, or asked to sign in when that is what it takes.
 */
export const errorPage = (thrown: unknown, page: string, requestId: string): Response => {
  const { status } = errorResponse(thrown, "error", requestId);
  const query =
    status === UNAUTHORIZED
      ? new URLSearchParams({ callbackUrl: page })
      : new URLSearchParams({ back: page, id: requestId });
  const headers = {
    Location: `${status === UNAUTHORIZED ? "/sign-in" : "/trouble"}?${query}`,
    "Cache-Control": "no-store",
    "X-Request-Id": requestId,
  };
  return new Response(null, { status: 303, headers });
};
