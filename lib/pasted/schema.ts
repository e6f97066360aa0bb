import { z } from "zod";
import { decodeKeysInBase64 } from "#lib/pasted/decode-base64";
import { type Problem, rule, say, toRule } from "#lib/problems/problem";

/**
 * An optional member that counts as absent when it is empty: null, an empty text, a list of such. That is what tools send
 * for a field that nobody filled in. Not for what empties something, or what allows more when it is absent.
 */
export const orNone = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (isEmpty(value) ? undefined : value), schema.optional()).optional();

/** The same for an id or a name out of a list: what shows nothing is empty as well. */
export const seenOrNone = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .preprocess((value) => {
      const shown = typeof value === "string" ? withoutInvisible(value) : value;
      return isEmpty(shown) ? undefined : shown;
    }, schema.optional())
    .optional();

/** A member in which nothing that cannot be seen has a place: an id, a name out of a list, a time, a host. */
export const seen = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === "string" ? withoutInvisible(value) : value), schema);

/** An address of the web as it is seen. One that holds what cannot be seen behind its host is refused, by name. */
export const webAddressSchema = (maxLength: number) =>
  z
    .string()
    .max(maxLength, { error: rule("address_too_long"), abort: true })
    .overwrite(cleanAddress)
    .refine((text) => findInvisible(text) === undefined, { error: ({ input }) => toRule(askToRemove(String(input))) });

/** A member that is understood, and left out of the OpenAPI document: another spelling of one that is in it. */
export const unpublished = <Schema extends z.ZodType>(schema: Schema): Schema => schema.meta({ [UNPUBLISHED]: true });

/** The mark of such members in their JSON Schema. */
export const UNPUBLISHED = "x-unpublished";

/** Whether a member says nothing: null, an empty text, a list of such. */
export function isEmpty(value: unknown): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.every(isEmpty));
}

// What takes no room on a screen: format characters (direction, zero-width, soft hyphen, byte order mark) and their like,
// and what programs show nothing for until it is something (Default_Ignorable_Code_Point).
const WIDTHLESS = String.raw`\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2065\uffa0\ufff0-\ufff8\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}`;
// Which form of the character before it is meant. Of most there is one form; two of them say how an emoji looks.
const SELECTORS = String.raw`\ufe00-\ufe0d\u{e0100}-\u{e01ef}`;
const EMOJI_SELECTORS = String.raw`\ufe0e\ufe0f`;
const BEHIND_EMOJI = String.raw`(?:(?![0-9#*])\p{Emoji})`;
// What shows nothing: these, controls, separators of lines, blanks that are no space.
const INVISIBLE = String.raw`${WIDTHLESS}\p{Cc}\p{Zl}\p{Zp}\u2800\u3164`;
const AROUND = new RegExp(String.raw`[\s${INVISIBLE}]`, "u");
const INSIDE = new RegExp(`[${WIDTHLESS}${SELECTORS}]+|(?<!${BEHIND_EMOJI})[${EMOJI_SELECTORS}]`, "gu");
// In an address a no-break space is one as well.
const NAMED = new RegExp(`[${INVISIBLE}${SELECTORS}${EMOJI_SELECTORS}\u00a0]`, "u");
const JOINING_SCRIPTS = "Arab Syrc Nkoo Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt".split(
  " ",
);
// Joiners show between letters of the scripts that join them, and between emoji.
const JOINED = String.raw`\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f${JOINING_SCRIPTS.map((script) => String.raw`\p{scx=${script}}`).join("")}`;
const JOINER = String.raw`(?<=[${JOINED}])[\u200c\u200d](?=[${JOINED}])`;
const KEYCAP = String.raw`(?<=[0-9#*])\ufe0f(?=\u20e3)`;
// What cannot be seen itself, and without which something else would look otherwise.
const SHOWING = new RegExp(`${JOINER}|${KEYCAP}|(?<=${BEHIND_EMOJI})[${EMOJI_SELECTORS}]`, "gu");
const BEFORE_PATH = /^[^/?#]*(?:\/\/[^/?#]*)?/;

/** What was pasted without the spaces and the invisible characters around it; inside, everything stays. */
export const trimPasted = (text: string): string => {
  let [start, end] = [0, text.length];
  // From both ends by hand: a pattern for the end is tried at every character of a long text.
  while (start < end && AROUND.test(text.charAt(start))) start++;
  while (end > start && AROUND.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
};

/**
 * What was pasted as it is seen: without what takes no room, inside as well. For what has no place for such characters: a
 * handle, a host, an id, a key.
 */
export const withoutInvisible = (text: string): string => trimPasted(text.replace(INSIDE, ""));

/**
 * An address as it is seen, up to its path. What is behind that may mean something to its server, so it stays, and
 * `findInvisible` finds it.
 */
export const cleanAddress = (text: string): string => {
  const trimmed = trimPasted(text);
  const [before = ""] = BEFORE_PATH.exec(trimmed) ?? [];
  return withoutInvisible(before) + trimmed.slice(before.length);
};

/** The first character in a text that cannot be seen, by its code point: `U+200B`. */
export const findInvisible = (text: string): string | undefined => {
  const code = NAMED.exec(text.replace(SHOWING, ""))?.[0].codePointAt(0);
  return code === undefined ? undefined : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
};

/** What to do about a text in which `findInvisible` finds something. */
export const askToRemove = (text: string): Problem => say("character_unseen", { character: findInvisible(text) ?? "" });

/** How much is read of one text in which a key is looked for: more than any command or file of settings. */
export const MAX_PASTED_LENGTH = 20_000;

const SECRET_START = "boring_";
const SECRET_LENGTH = 43;
// A character by its number, as addresses, mails, programs and pages write it. The last one is in tens.
const ESCAPED = /(?:%(?:25)?|\\x|=)([0-9a-f]{2})|\\u([0-9a-f]{4})|(?:\\u\{|&#x)([0-9a-f]{1,6})[};]|&#(\d{1,7});/gi;
// What marks a part of a text: colours of a terminal, tags of a page.
const MARKS = /\p{Cc}\[[0-9;?]*[ -/]*[@-~]|<\/?[a-z][^<>]{0,500}>/giu;
// ASCII as East Asian keyboards may write it.
const FULL_WIDTH = /[\uff01-\uff5e]/g;
// Everything that a key has no room for.
const BETWEEN = /[^0-9A-Za-z_]+/g;

/**
 * The keys in a text, each once, whatever stands around and inside of them: quotes, a name, JSON, a command, escapes,
 * invisible characters, the break of a line, full width, Base64. `isWhole` knows a key by its checksum, so that one is found as well where
 * the next letter follows at once. The work grows with the text's length and no faster.
 */
export const findSecrets = (given: string, isWhole: (candidate: string) => boolean): string[] => {
  const found = new Set<string>();
  const text = given.replace(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
  const decoded = text.replace(ESCAPED, (_, ...codes: (string | undefined)[]) => toCharacter(codes));
  const unmarked = decoded.replace(MARKS, "");
  const views = [text, decoded, decoded.replace(BETWEEN, ""), unmarked, unmarked.replace(BETWEEN, "")];
  for (const view of [...views, ...decodeKeysInBase64(decoded)]) {
    for (let at = view.indexOf(SECRET_START); at !== -1; at = view.indexOf(SECRET_START, at + 1)) {
      const candidate = view.slice(at, at + SECRET_LENGTH);
      if (isWhole(candidate)) found.add(candidate);
    }
  }
  return [...found];
};

// A key is ASCII: of an escaped character that is not, nothing has to stay.
function toCharacter([byte, unit, hexadecimal, decimal]: (string | undefined)[]): string {
  const code = decimal ? Number(decimal) : Number.parseInt(byte ?? unit ?? hexadecimal ?? "", 16);
  return code < 0x80 ? String.fromCharCode(code) : "";
}

// Composing marks can make of many characters few; of more than this many, nobody can.
const MAX_UNITS_PER_CHARACTER = 20;

// Such an emoji looks the same with and without it, and keyboards do not agree on which they write.
const NEEDLESS = /(?<=\p{Emoji_Presentation})\ufe0f/gu;

/**
 * What people call something: in one normal form, and without what cannot be seen. Its length is looked at before
 * anything else, because a long text takes long to normalise and to count.
 */
export const labelSchema = (maxLength: number) => {
  const tooLong = rule("text_too_long", { most: maxLength });
  return z
    .string()
    .max(maxLength * MAX_UNITS_PER_CHARACTER, { error: tooLong, abort: true })
    .overwrite((text) => trimPasted(text.normalize("NFC").replace(NEEDLESS, "")))
    .refine((text) => [...text].length <= maxLength, { error: tooLong })
    .refine((text) => text.isWellFormed(), { error: rule("characters_broken") })
    .refine((text) => findInvisible(text.replaceAll("\u00a0", " ")) === undefined, {
      error: ({ input }) => toRule(askToRemove(String(input).replaceAll("\u00a0", " "))),
    });
};
