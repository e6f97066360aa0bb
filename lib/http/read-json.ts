import { ApiError } from "#lib/errors";
import { toInputError } from "#lib/http/error-response";
import type { Operation } from "#lib/http/operation";
import type { RequestHeaders, RouteRequest } from "#lib/http/route";
import { rule, say } from "#lib/problems/problem";

const MAX_JSON_DEPTH = 32;

// More values than any honest request needs. Every value is checked, and reported when it is wrong.
const MAX_JSON_VALUES = 5000;

type BodyRules = Pick<Operation, "inspectBytes" | "isBodyOptional" | "maxValues">;

/**
 * The request's JSON, limited to 32 levels and the operation's number of values. A missing body counts as an empty
 * object where the body is optional. Throws 400 or 415 with the rule that was broken. Work that grows faster than the
 * body starts only once the body is known to be small.
 */
export const readJson = async (request: RouteRequest, rules: BodyRules = {}): Promise<unknown> => {
  const bytes = await request.bytes();
  if (bytes.length === 0 && rules.isBodyOptional) return {};
  checkHeaders(request.headers);
  await rules.inspectBytes?.(bytes, request.headers);
  const text = decode(bytes);
  const size = measure(text);
  checkSize(size, rules.maxValues ?? MAX_JSON_VALUES);
  const value = parse(text);
  // The parser keeps the last of several members with the same name, so it returns fewer than were written.
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

function checkHeaders(headers: RequestHeaders): void {
  const mediaType = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    throw new ApiError("UnsupportedMediaType", say("body_no_json_type"));
  }
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
// Brackets and braces differ only in this bit.
const [OPEN, CLOSE, EITHER] = [0x5b, 0x5d, 0x20];

// The depth, the number of values in all (one, plus one for each comma), and the number of named members.
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

/** The position at one level of the text: in an object with the names seen so far, or in a list. */
type Level = { names: Set<string> | undefined; place: string };

/**
 * The path of the first member that one object of a JSON text holds twice, because nobody can say which of the two is meant
 * (RFC 8259 §4). Expects valid JSON; runs in linear time.
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

/** How many members all objects in a parsed JSON value have together. */
export const countMembers = (value: unknown): number => {
  if (typeof value !== "object" || value === null) return 0;
  const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
  let count = members === value ? 0 : members.length;
  for (const member of members) count += countMembers(member);
  return count;
};

/** Where the string that begins with the quote at `start` ends, within a JSON text. */
const findTextEnd = (text: string, start: number): number => {
  // A regular expression would keep a backtracking position for every escape of a long string.
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
