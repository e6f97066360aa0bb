import type { Operation, Reply } from "#lib/http/operation";
import type { RouteAnswer } from "#lib/http/route";

type Fields = Record<string, string>;

/** A JSON answer with `Cache-Control: no-store` and the request's id. */
export const jsonResponse = (status: number, body: unknown, requestId: string, headers: Fields = {}): RouteAnswer =>
  textResponse(status, JSON.stringify(body), "application/json", { "X-Request-Id": requestId, ...headers });

/** An answer in text of some media type that no cache keeps, marked with the request's id. */
export const plainResponse = (
  content: string,
  mediaType: string,
  requestId: string,
  headers: Fields = {},
): RouteAnswer => textResponse(200, content, mediaType, { "X-Request-Id": requestId, ...headers });

function textResponse(status: number, content: string, mediaType: string, headers: Fields): RouteAnswer {
  const fields = { "Content-Type": `${mediaType}; charset=utf-8`, "Cache-Control": "no-store", ...headers };
  return { status, headers: Object.entries(fields), content };
}

/** An answer without a body. */
export const emptyResponse = (status: number, headers: Fields): RouteAnswer => ({
  status,
  headers: Object.entries(headers),
  content: null,
});

/** Turns a handler's reply into a response. The operation's schema checks the body last. */
export const replyResponse = <Answer>(
  { status, schema, mediaType }: Operation<unknown, unknown, Answer>["answer"],
  reply: Reply<Answer>,
  requestId: string,
): RouteAnswer => {
  const body = schema.parse(reply.body);
  if (mediaType === undefined) return jsonResponse(reply.status ?? status, body, requestId, reply.headers);
  return plainResponse(String(body), mediaType, requestId, reply.headers);
};
