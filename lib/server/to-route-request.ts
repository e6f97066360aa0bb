import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestHeaders, RouteRequest } from "#lib/http/route";
import { bodyTooLarge, MAX_BODY_BYTES } from "#lib/server/check-request";

const NOTHING = new Uint8Array();

/** The request as a route reads it. Its address has the public origin, whatever Host the caller sent. */
export const toRouteRequest = (incoming: IncomingMessage, origin: string, body: Buffer | undefined): RouteRequest => {
  const { method = "GET", url = "/", headers } = incoming;
  return {
    method,
    url: origin + url,
    headers: new ReadHeaders(headers as Record<string, string>),
    bytes: async () => body ?? NOTHING,
  };
};

/** Headers as Node has read them, under lower-case names. */
class ReadHeaders implements RequestHeaders {
  readonly #fields: Record<string, string>;

  constructor(fields: Record<string, string>) {
    this.#fields = fields;
  }

  get(name: string): string | null {
    const field = name.toLowerCase();
    return Object.hasOwn(this.#fields, field) ? (this.#fields[field] ?? null) : null;
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }
}

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
