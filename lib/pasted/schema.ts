import { type Problem, say } from "#lib/problems/problem";

// What takes no room on a screen: format characters (direction, zero-width, soft hyphen, byte order mark) and their like.
// A variation selector is not among them: it belongs to the emoji before it.
const WIDTHLESS = String.raw`\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\uffa0`;
// What shows nothing: these, controls, separators of lines, blanks that are no space.
const INVISIBLE = String.raw`${WIDTHLESS}\p{Cc}\p{Zl}\p{Zp}\u2800\u3164`;
const AROUND = new RegExp(String.raw`[\s${INVISIBLE}]`, "u");
const INSIDE = new RegExp(`[${WIDTHLESS}]+`, "gu");
// In an address a no-break space is one as well. Joiners are letters' own between letters that are not of ASCII.
const NAMED = new RegExp(`[${INVISIBLE}\u00a0]`, "u");
const JOINER = /(?<=[^\p{ASCII}\p{Cf}])[\u200c\u200d](?=[^\p{ASCII}\p{Cf}])/gu;
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
  const code = NAMED.exec(text.replace(JOINER, ""))?.[0].codePointAt(0);
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
// Everything that a key has no room for.
const BETWEEN = /[^0-9A-Za-z_]+/g;

/**
 * The keys in a text, each once, whatever stands around and inside of them: quotes, a name, JSON, a command, escapes,
 * invisible characters, the break of a line. `isWhole` knows a key by its checksum, so that one is found as well where
 * the next letter follows at once. The work grows with the text's length and no faster.
 */
export const findSecrets = (text: string, isWhole: (candidate: string) => boolean): string[] => {
  const found = new Set<string>();
  const decoded = text.replace(ESCAPED, (_, ...codes: (string | undefined)[]) => toCharacter(codes));
  const unmarked = decoded.replace(MARKS, "");
  for (const view of [text, decoded, decoded.replace(BETWEEN, ""), unmarked, unmarked.replace(BETWEEN, "")]) {
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
