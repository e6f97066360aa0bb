import type { Operation, Reply } from "#lib/http/operation";

/**
 * Makes a class an ordinary `Whole` to everybody: what it does not do itself is asked of a whole one, which is made when
 * somebody asks. For what costs more to make than all that is read of it.
 */
export const delegateMembers = <Whole extends object>(
  lazy: { prototype: object },
  whole: { prototype: Whole },
  toWhole: (self: never) => Whole,
): void => {
  Object.setPrototypeOf(lazy.prototype, whole.prototype);
  for (const name of Reflect.ownKeys(whole.prototype)) {
    const { get, value } = Object.getOwnPropertyDescriptor(whole.prototype, name) ?? {};
    const member: unknown = get ?? value;
    if (Object.hasOwn(lazy.prototype, name) || typeof member !== "function") continue;
    const ask = function (this: never, ...values: unknown[]): unknown {
      return member.apply(toWhole(this), values);
    };
    Object.defineProperty(lazy.prototype, name, get ? { get: ask } : { value: ask });
  }
};

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

/**
 * A `Response` that still knows its text and its headers. Making a whole one, and reading it again, costs more than the
 * rest of a small answer, and the front door need not do it; everybody else sees an ordinary `Response`.
 */
export class TextResponse {
  readonly status: number;
  readonly content: string;
  readonly #fields: Record<string, string>;
  #whole: Response | undefined;

  constructor(content: string, status: number, fields: Record<string, string>) {
    this.content = content;
    this.status = status;
    this.#fields = fields;
  }

  /** The headers as they are now. */
  get fields(): Iterable<[name: string, value: string]> {
    return this.#whole?.headers ?? Object.entries(this.#fields);
  }

  static whole(response: TextResponse): Response {
    response.#whole ??= new Response(response.content, { status: response.status, headers: response.#fields });
    return response.#whole;
  }
}

delegateMembers(TextResponse, Response, TextResponse.whole);

/** A response whose body is text. */
export const textResponse = (content: string, status: number, fields: Record<string, string>): Response =>
  new TextResponse(content, status, fields) as unknown as Response;

/** An answer in text of some media type that no cache keeps, marked with the request's id. */
export const plainResponse = (
  content: string,
  mediaType: string,
  requestId: string,
  headers: Record<string, string> = {},
): Response =>
  textResponse(content, 200, {
    "Content-Type": `${mediaType}; charset=utf-8`,
    "Cache-Control": "no-store",
    "X-Request-Id": requestId,
    ...headers,
  });

/** What a handler answers, as the operation says it leaves: its schema is the last to look at it. */
export const replyResponse = <Answer>(
  { status, schema, mediaType }: Operation<unknown, unknown, Answer>["answer"],
  reply: Reply<Answer>,
  requestId: string,
): Response => {
  const body = schema.parse(reply.body);
  if (mediaType === undefined) return jsonResponse(status, body, requestId, reply.headers);
  return plainResponse(String(body), mediaType, requestId, reply.headers);
};
