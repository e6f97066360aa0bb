import { ApiError } from "#lib/errors";
import type { Operation } from "#lib/http/operation";

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_JSON_DEPTH = 32;

/**
 * The request's JSON, at most 1 MiB and 32 levels. Throws 400, 413 or 415 saying which rule was broken. `inspect` sees
 * the bytes first, exactly as they were sent.
 */
export const readJson = async (request: Request, inspect?: Operation["inspectBytes"]): Promise<unknown> => {
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    throw new ApiError(
      "UnsupportedMediaType",
      "Send the body as JSON, with the header Content-Type: application/json.",
    );
  }
  if ((request.headers.get("content-encoding") ?? "identity") !== "identity") {
    throw new ApiError("UnsupportedMediaType", "Send the body without compression (no Content-Encoding).");
  }
  const bytes = await readBytes(request);
  await inspect?.(bytes, request.headers);
  const text = decode(bytes);
  if (depthOf(text) > MAX_JSON_DEPTH) {
    throw new ApiError("InvalidRequest", `The body is nested deeper than ${MAX_JSON_DEPTH} levels.`);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = text.trim() ? "The body is not valid JSON." : "The body is empty; JSON was expected.";
    throw new ApiError("InvalidRequest", message, { cause });
  }
};

async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES)
      throw new ApiError("PayloadTooLarge", `The body is larger than ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ApiError("InvalidRequest", "The body is not valid UTF-8.", { cause });
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (isInString && character === "\\") index++;
    else if (character === '"') isInString = !isInString;
    else if (isInString) continue;
    else if (character === "{" || character === "[") deepest = Math.max(deepest, ++depth);
    else if (character === "}" || character === "]") depth--;
  }
  return deepest;
}
