import { textResponse } from "#lib/http/text-response";

/** A JSON answer that no cache keeps, marked with the request's id. */
export const jsonResponse = (
  status: number,
  body: unknown,
  requestId: string,
  headers: Record<string, string> = {},
): Response =>
  textResponse(JSON.stringify(body), status, {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Request-Id": requestId,
    ...headers,
  });
