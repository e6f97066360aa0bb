import { jsonResponse } from "#lib/http/json-response";
import type { Operation, Reply } from "#lib/http/operation";
import { textResponse } from "#lib/http/text-response";

/** What a handler answers, as the operation says it leaves: its schema is the last to look at it. */
export const replyResponse = <Answer>(
  { status, schema, mediaType }: Operation<unknown, unknown, Answer>["answer"],
  reply: Reply<Answer>,
  requestId: string,
): Response => {
  const body = schema.parse(reply.body);
  if (mediaType === undefined) return jsonResponse(status, body, requestId, reply.headers);
  const headers = {
    "Content-Type": `${mediaType}; charset=utf-8`,
    "Cache-Control": "no-store",
    "X-Request-Id": requestId,
  };
  return textResponse(String(body), status, { ...headers, ...reply.headers });
};
