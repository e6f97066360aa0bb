import { z } from "zod";
import { decodeKeysInBase64 } from "#lib/pasted/decode-base64";
import { type Problem, rule, say, toRule } from "#lib/problems/problem";

/**
 * An optional member that counts as absent when it is empty: null, an empty text, or a list of such values. Tools send
 * these for fields that nobody filled in. Do not use it where empty means "clear this" or where absence allows more.
 */
export const orNone = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (isEmpty(value) ? undefined : value), schema.optional()).optional();

/** Like `orNone`, for an id or an enumerated name: text with only invisible characters is empty too. */
export const seenOrNone = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .preprocess((value) => {
      const shown = typeof value === "string" ? withoutInvisible(value) : value;
      return isEmpty(shown) ? undefined : shown;
    }, schema.optional())
    .optional();

/** A member that never needs invisible characters: an id, an enumerated name, a time or a host. They are removed. */
export const seen = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === "string" ? withoutInvisible(value) : value), schema);

/** A web address, cleaned up to its path. Invisible characters after the host are refused, and the error names the first. */
export const webAddressSchema = (maxLength: number) =>
  z
    .string()
    .max(maxLength, { error: rule("address_too_long"), abort: true })
    .overwrite(cleanAddress)
    .refine((text) => findInvisible(text) === undefined, { error: ({ input }) => toRule(askToRemove(String(input))) });

/** A member that is accepted but left out of the OpenAPI document: another spelling of a documented one. */
export const unpublished = <Schema extends z.ZodType>(schema: Schema): Schema => schema.meta({ [UNPUBLISHED]: true });

/** Marks such members in their JSON Schema. */
export const UNPUBLISHED = "x-unpublished";

/** Whether a member is empty: null, an empty text, or a list of such values. */
export function isEmpty(value: unknown): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.every(isEmpty));
}

// Characters without width: format characters (direction, zero-width, soft hyphen, byte order mark) and similar ones, and
// those that are ignored until they are assigned (Default_Ignorable_Code_Point).
const WIDTHLESS = String.raw`\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2065\uffa0\ufff0-\ufff8\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}`;
// Variation selectors for the preceding character, which usually has one form only. Two of them choose how an emoji looks.
const SELECTORS = String.raw`\ufe00-\ufe0d\u{e0100}-\u{e01ef}`;
const EMOJI_SELECTORS = String.raw`\ufe0e\ufe0f`;
const BEHIND_EMOJI = String.raw`(?:(?![0-9#*])\p{Emoji})`;
// Everything that shows nothing: the above, controls, line separators, and blanks that are not spaces.
const INVISIBLE = String.raw`${WIDTHLESS}\p{Cc}\p{Zl}\p{Zp}\u2800\u3164`;
const AROUND = new RegExp(String.raw`[\s${INVISIBLE}]`, "u");
const INSIDE = new RegExp(`[${WIDTHLESS}${SELECTORS}]+|(?<!${BEHIND_EMOJI})[${EMOJI_SELECTORS}]`, "gu");
// A no-break space is also invisible in an address.
const NAMED = new RegExp(`[${INVISIBLE}${SELECTORS}${EMOJI_SELECTORS}\u00a0]`, "u");
const JOINING_SCRIPTS = "Arab Syrc Nkoo Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt".split(
  " ",
);
// Joiners are visible between letters of joining scripts and between emoji.
const JOINED = String.raw`\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f${JOINING_SCRIPTS.map((script) => String.raw`\p{scx=${script}}`).join("")}`;
const JOINER = String.raw`(?<=[${JOINED}])[\u200c\u200d](?=[${JOINED}])`;
const KEYCAP = String.raw`(?<=[0-9#*])\ufe0f(?=\u20e3)`;
// Invisible characters that change how their neighbours look.
const SHOWING = new RegExp(`${JOINER}|${KEYCAP}|(?<=${BEHIND_EMOJI})[${EMOJI_SELECTORS}]`, "gu");
const BEFORE_PATH = /^[^/?#]*(?:\/\/[^/?#]*)?/;

/** Removes spaces and invisible characters from both ends of a text. Does not change anything inside it. */
export const trimPasted = (text: string): string => {
  let [start, end] = [0, text.length];
  // A loop, because a regular expression for the end would be tried at every character of a long text.
  while (start < end && AROUND.test(text.charAt(start))) start++;
  while (end > start && AROUND.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
};

/** Removes zero-width characters everywhere, for text that never needs them: a handle, a host, an id or a key. */
export const withoutInvisible = (text: string): string => trimPasted(text.replace(INSIDE, ""));

/**
 * Cleans an address up to its path. Later characters may matter to its server, so they stay; `findInvisible` reports them.
 */
export const cleanAddress = (text: string): string => {
  const trimmed = trimPasted(text);
  const [before = ""] = BEFORE_PATH.exec(trimmed) ?? [];
  return withoutInvisible(before) + trimmed.slice(before.length);
};

/** The code point of the first invisible character in a text, such as `U+200B`. */
export const findInvisible = (text: string): string | undefined => {
  const code = NAMED.exec(text.replace(SHOWING, ""))?.[0].codePointAt(0);
  return code === undefined ? undefined : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
};

/** The problem for a text in which `findInvisible` finds a character. */
export const askToRemove = (text: string): Problem => say("character_unseen", { character: findInvisible(text) ?? "" });

/** The maximum length of a text that is searched for a key; longer than any command or settings file. */
export const MAX_PASTED_LENGTH = 20_000;

const SECRET_START = "boring_";
const SECRET_LENGTH = 43;
// A character by its code, as in URLs, e-mails, source code and HTML. The last alternative is decimal.
const ESCAPED = /(?:%(?:25)?|\\x|=)([0-9a-f]{2})|\\u([0-9a-f]{4})|(?:\\u\{|&#x)([0-9a-f]{1,6})[};]|&#(\d{1,7});/gi;
// Markup: terminal colours and HTML tags.
const MARKS = /\p{Cc}\[[0-9;?]*[ -/]*[@-~]|<\/?[a-z][^<>]{0,500}>/giu;
// Full-width ASCII, as East Asian keyboards may type it.
const FULL_WIDTH = /[\uff01-\uff5e]/g;
// Characters that cannot be part of a key.
const BETWEEN = /[^0-9A-Za-z_]+/g;

/**
 * Finds each key in a text once, whatever surrounds or interrupts it: quotes, a name, JSON, a command, escapes, invisible
 * characters, line breaks, full width, Base64. `isWhole` recognises a key by its checksum, so a key is found even if a
 * letter follows directly. The running time is linear in the length of the text.
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

// Keys are ASCII, so other escaped characters may be dropped.
function toCharacter([byte, unit, hexadecimal, decimal]: (string | undefined)[]): string {
  const code = decimal ? Number(decimal) : Number.parseInt(byte ?? unit ?? hexadecimal ?? "", 16);
  return code < 0x80 ? String.fromCharCode(code) : "";
}

// Normalisation can combine many code units into few characters, but never more than this many into one.
const MAX_UNITS_PER_CHARACTER = 20;

// These emoji look the same with or without the selector, and keyboards differ in whether they add it.
const NEEDLESS = /(?<=\p{Emoji_Presentation})\ufe0f/gu;

/**
 * A user's name for something, in normal form NFC and without invisible characters. The length is checked first, because
 * normalising and counting a long text is slow.
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
