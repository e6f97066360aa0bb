import type { IncomingMessage, ServerResponse } from "node:http";
import { delegateMembers } from "#lib/http/json-response";
import { bodyTooLarge, MAX_BODY_BYTES } from "#lib/server/check-request";

/** The request as a route handler expects it. Its address has the public origin, whatever Host the caller sent. */
export const toWebRequest = (incoming: IncomingMessage, origin: string, body: Buffer | undefined): Request => {
  const { method = "GET", url = "/" } = incoming;
  return new LazyRequest(method, origin + url, incoming.headers as Record<string, string>, body) as unknown as Request;
};

/**
 * The parts that route handlers usually read. The real `Request`, three times as expensive, is created when they read more.
 */
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

/** Whether the request says that a body follows. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/**
 * Reads the whole body and counts it on arrival. Rejects with a 413 `ApiError` as soon as it is too large, and with the
 * socket's error when the caller disconnects.
 */
export const readBody = (request: IncomingMessage, response: ServerResponse): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // An HTTP/1.0 caller would mistake the interim response for the answer.
    if (request.headers.expect !== undefined && request.httpVersion === "1.1") response.writeContinue();
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= MAX_BODY_BYTES) {
        chunks.push(chunk);
        return;
      }
      request.off("data", onData);
      reject(bodyTooLarge());
    };
    request.on("data", onData);
    request.once("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once("error", reject);
    request.once("close", () => reject(new Error("The caller went away while sending the body.")));
  });
