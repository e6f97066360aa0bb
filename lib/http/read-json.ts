import { ApiError } from "#lib/errors";
import { toInputError } from "#lib/http/error-response";
import type { Operation } from "#lib/http/operation";
import { rule, say } from "#lib/problems/problem";

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
  const size = measure(text);
  checkSize(size, rules.maxValues ?? MAX_JSON_VALUES);
  const value = parse(text);
  // The parser keeps the last of several members of one name, so that fewer are left than were written.
  if (countMembers(value) !== size.members) refuseRepeated(text);
  return value ?? (rules.isBodyOptional ? {} : null);
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = text.trim() ? say("body_no_json") : say("body_empty");
    throw new ApiError("InvalidRequest", message, { cause });
  }
}

function refuseRepeated(text: string): void {
  const path = findRepeatedMember(text);
  if (path) throw toInputError([{ code: "custom", path, message: rule("field_repeated"), input: undefined }]);
}

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

type Size = { depth: number; values: number; members: number };

function checkSize({ depth, values }: Size, maxValues: number): void {
  if (depth > MAX_JSON_DEPTH) {
    throw new ApiError("InvalidRequest", say("body_deep", { most: MAX_JSON_DEPTH }));
  }
  if (values > maxValues) throw new ApiError("InvalidRequest", say("body_many", { most: maxValues }));
}

const [QUOTE, COMMA, COLON] = [0x22, 0x2c, 0x3a];
// Brackets and braces differ in this bit alone.
const [OPEN, CLOSE, EITHER] = [0x5b, 0x5d, 0x20];

// How deep it is, how many values stand beside each other in all (one, and one more after each comma), how many have names.
function measure(text: string): Size {
  let [open, depth, values, members] = [0, 0, 1, 0];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = findTextEnd(text, index);
    else if (code === COMMA) values++;
    else if (code === COLON) members++;
    else if ((code & ~EITHER) === OPEN) depth = Math.max(depth, ++open);
    else if ((code & ~EITHER) === CLOSE) open--;
  }
  return { depth, values, members };
}

/** Where a text is at some depth: in an object, whose names are known so far, or in a list. */
type Level = { names: Set<string> | undefined; place: string };

/**
 * The first member that one object of a JSON text has twice, by its path: which of the two is meant nobody can say
 * (RFC 8259 §4). For a valid text; the work grows with its length and no faster.
 */
export const findRepeatedMember = (text: string): string[] | undefined => {
  const levels: Level[] = [];
  let latest = "";
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '"') {
      const end = findTextEnd(text, index);
      latest = text.slice(index, end + 1);
      index = end;
    } else if (character === ":") {
      if (isRepeated(levels.at(-1), JSON.parse(latest))) return levels.map(({ place }) => place);
    } else move(levels, character);
  }
  return undefined;
};

/** How many members the objects in a parsed JSON value have in all. */
export const countMembers = (value: unknown): number => {
  if (typeof value !== "object" || value === null) return 0;
  const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
  let count = members === value ? 0 : members.length;
  for (const member of members) count += countMembers(member);
  return count;
};

/** Where a text within a JSON text ends that begins with the quote at `start`. */
const findTextEnd = (text: string, start: number): number => {
  // By hand: a pattern keeps a way back for every escape of a long one.
  let end = start + 1;
  while (end < text.length && text.charCodeAt(end) !== QUOTE) end += text.charCodeAt(end) === BACKSLASH ? 2 : 1;
  return end;
};

const BACKSLASH = 0x5c;

function move(levels: Level[], character: string): void {
  const level = levels.at(-1);
  if (character === "{") levels.push({ names: new Set(), place: "" });
  else if (character === "[") levels.push({ names: undefined, place: "0" });
  else if (character === "}" || character === "]") levels.pop();
  else if (character === "," && level && !level.names) level.place = String(Number(level.place) + 1);
}

function isRepeated(level: Level | undefined, name: string): boolean {
  if (!level?.names) return false;
  level.place = name;
  if (level.names.has(name)) return true;
  level.names.add(name);
  return false;
}
