import type { IncomingMessage } from "node:http";
import { delegateMembers } from "#lib/http/delegate-members";

/** The request as a route handler wants it. Its address is under the public origin, whatever Host the caller named. */
export const toWebRequest = (incoming: IncomingMessage, origin: string, body: Buffer | undefined): Request => {
  const { method = "GET", url = "/" } = incoming;
  return new LazyRequest(method, origin + url, incoming.headers as Record<string, string>, body) as unknown as Request;
};

/** What route handlers read of nearly every request; the whole `Request`, thrice as expensive, is made when they read more. */
class LazyRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly #content: Buffer | undefined;
  #whole: Request | undefined;

  constructor(method: string, url: string, fields: Record<string, string>, content: Buffer | undefined) {
    this.method = method;
    this.url = url;
    this.headers = new LazyHeaders(fields) as unknown as Headers;
    this.#content = content;
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

/** Headers as Node has read them, under lower-case names. */
class LazyHeaders {
  readonly #fields: Record<string, string>;
  #whole: Headers | undefined;

  constructor(fields: Record<string, string>) {
    this.#fields = fields;
  }

  get(name: string): string | null {
    if (this.#whole) return this.#whole.get(name);
    const field = name.toLowerCase();
    return Object.hasOwn(this.#fields, field) ? (this.#fields[field] ?? null) : null;
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  static whole(headers: LazyHeaders): Headers {
    headers.#whole ??= new Headers(headers.#fields);
    return headers.#whole;
  }
}

delegateMembers(LazyRequest, Request, LazyRequest.whole);
delegateMembers(LazyHeaders, Headers, LazyHeaders.whole);
