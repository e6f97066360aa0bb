import type { IncomingMessage } from "node:http";

/** The request as a route handler wants it. Its address is under the public origin, whatever Host the caller named. */
export const toWebRequest = (incoming: IncomingMessage, origin: string, body: Buffer | undefined): Request => {
  const { method = "GET", url = "/" } = incoming;
  return new LazyRequest(method, origin + url, incoming.headers as Record<string, string>, body) as unknown as Request;
};

/** What route handlers read of nearly every request; the whole `Request`, thrice as expensive, is made when they read more. */
class LazyRequest {
  readonly method: string;
  readonly url: string;
  readonly #fields: Record<string, string>;
  readonly #content: Buffer | undefined;
  #headers: Headers | undefined;
  #whole: Request | undefined;

  constructor(method: string, url: string, fields: Record<string, string>, content: Buffer | undefined) {
    this.method = method;
    this.url = url;
    this.#fields = fields;
    this.#content = content;
  }

  get headers(): Headers {
    this.#headers ??= new Headers(this.#fields);
    return this.#headers;
  }

  static whole(request: LazyRequest): Request {
    if (request.#whole) return request.#whole;
    const { method, url, headers } = request;
    const init: RequestInit = { method, headers };
    if (request.#content && method !== "GET" && method !== "HEAD") init.body = request.#content as Buffer<ArrayBuffer>;
    request.#whole = new Request(url, init);
    return request.#whole;
  }
}

// Whatever else a Request has is asked of the whole one.
Object.setPrototypeOf(LazyRequest.prototype, Request.prototype);
const READ_HERE = ["constructor", "method", "url", "headers"];
for (const [name, { get, value }] of Object.entries(Object.getOwnPropertyDescriptors(Request.prototype))) {
  const member: unknown = get ?? value;
  if (READ_HERE.includes(name) || typeof member !== "function") continue;
  const ask = function (this: LazyRequest, ...values: unknown[]): unknown {
    return member.apply(LazyRequest.whole(this), values);
  };
  Object.defineProperty(LazyRequest.prototype, name, get ? { get: ask } : { value: ask });
}
