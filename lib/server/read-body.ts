import type { IncomingMessage, ServerResponse } from "node:http";
import { bodyTooLarge, MAX_BODY_BYTES } from "#lib/server/check-request";

/** Whether the request says that a body follows. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/**
 * Reads the whole body, counting while it arrives. Rejects with a 413 `ApiError` as soon as it is too large,
 * and with the socket's error when the caller goes away.
 */
export const readBody = (request: IncomingMessage, response: ServerResponse): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // A caller that speaks HTTP/1.0 would take it for the answer.
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
