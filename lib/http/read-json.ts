import { ApiError } from "#lib/errors";
import type { Operation } from "#lib/http/operation";
import { say } from "#lib/problems/problem";

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_JSON_DEPTH = 32;

// More than any request needs that is not made to be a burden: every value is looked at, and named when it is wrong.
const MAX_JSON_VALUES = 5000;

type BodyRules = Pick<Operation, "inspectBytes" | "isBodyOptional" | "maxValues">;

/**
 * The request's JSON, at most 1 MiB, 32 levels and as many values as the operation takes; no body is none of its members
 * where one may be left out. Throws 400, 413 or 415 saying which rule was broken. What grows faster than the body is
 * begun only when it is known to be small.
 */
export const readJson = async (request: Request, rules: BodyRules = {}): Promise<unknown> => {
  const bytes = await readBytes(request);
  if (bytes.length === 0 && rules.isBodyOptional) return {};
  checkHeaders(request.headers);
  await rules.inspectBytes?.(bytes, request.headers);
  const text = decode(bytes);
  checkSize(text, rules.maxValues ?? MAX_JSON_VALUES);
  try {
    return JSON.parse(text) ?? (rules.isBodyOptional ? {} : null);
  } catch (cause) {
    const message = text.trim() ? say("body_no_json") : say("body_empty");
    throw new ApiError("InvalidRequest", message, { cause });
  }
};

function checkHeaders(headers: Headers): void {
  const mediaType = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    throw new ApiError("UnsupportedMediaType", say("body_no_json_type"));
  }
  if ((headers.get("content-encoding") ?? "identity") !== "identity") {
    throw new ApiError("UnsupportedMediaType", say("body_compressed"));
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new ApiError("PayloadTooLarge", say("body_large", { most: MAX_BODY_BYTES }));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ApiError("InvalidRequest", say("body_no_utf8"), { cause });
  }
}

function checkSize(text: string, maxValues: number): void {
  const { depth, values } = measure(text);
  if (depth > MAX_JSON_DEPTH) {
    throw new ApiError("InvalidRequest", say("body_deep", { most: MAX_JSON_DEPTH }));
  }
  if (values > maxValues) throw new ApiError("InvalidRequest", say("body_many", { most: maxValues }));
}

const STEPS: Record<string, number> = { "{": 1, "[": 1, "}": -1, "]": -1 };

// How deep it is, and how many values stand beside each other in all: one, and one more after each comma.
function measure(text: string): { depth: number; values: number } {
  let [open, depth, values] = [0, 0, 1];
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '"') isInString = !isInString;
    else if (isInString) index += character === "\\" ? 1 : 0;
    else if (character === ",") values++;
    else open += STEPS[character] ?? 0;
    depth = Math.max(depth, open);
  }
  return { depth, values };
}
