import type { Operation, Reply } from "#lib/http/operation";

/**
 * Makes a class look like an ordinary `Whole`. A member that the class does not define is read from a real `Whole`, which is
 * created on first use. For objects that cost more to create than what is usually read of them.
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

/** A JSON answer with `Cache-Control: no-store` and the request's id. */
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
 * A `Response` that keeps its text and headers. Creating and reading a real `Response` costs more than the rest of a small
 * answer, and the front door needs neither. Everyone else sees an ordinary `Response`.
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

  /** The current headers. */
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

/** Turns a handler's reply into a response. The operation's schema checks the body last. */
export const replyResponse = <Answer>(
  { status, schema, mediaType }: Operation<unknown, unknown, Answer>["answer"],
  reply: Reply<Answer>,
  requestId: string,
): Response => {
  const body = schema.parse(reply.body);
  if (mediaType === undefined) return jsonResponse(reply.status ?? status, body, requestId, reply.headers);
  return plainResponse(String(body), mediaType, requestId, reply.headers);
};
