import { isDomain, isTopLevel } from "#lib/networks/bluesky/find-home";

/** A link, mention or tag in a text, with its position in UTF-16 code units. */
export type Mark = { kind: "link" | "mention" | "tag"; value: string; start: number; end: number };

/**
 * Letters of scripts without spaces between words, for use in a character class. A mark may begin and end anywhere there.
 */
const UNSPACED = [...["Han", "Hiragana", "Katakana", "Hangul", "Bopomofo"], ...["Thai", "Lao", "Khmer", "Myanmar"]]
  .map((script) => String.raw`\p{scx=${script}}`)
  .join("");

const SCHEME = /(?<![a-z0-9])https?:\/\//giu;
const LABEL = String.raw`[\p{sc=Latin}0-9](?:[\p{sc=Latin}0-9\-]{0,61}[\p{sc=Latin}0-9])?`;
const DOMAIN = new RegExp(
  String.raw`(?<![[\p{L}\p{N}\p{M}_@＠#＃$.\/\\:=&+~%\-]--[${UNSPACED}]])(?:${LABEL}\.)+[a-z]{2,24}(?![[\p{L}\p{N}\p{M}_@＠\(]--[${UNSPACED}]])(?![.\-][\p{sc=Latin}0-9])`,
  "giv",
);
const PORT = /:\d{1,5}(?!\d)/y;
// What the network's schema accepts as a URI.
const ADDRESS = /^\w+:(?:\/\/)?[^\s/][^\s]*$/;

/** Finds the addresses in a text, with a scheme or as a bare domain. */
const findLinks = (text: string): Mark[] => {
  const links: Mark[] = [];
  const add = (start: number, hostEnd: number, prefix: string) => {
    const end = findEnd(text, start, hostEnd);
    const value = prefix + text.slice(start, end);
    if (ADDRESS.test(value) && URL.canParse(value)) links.push({ kind: "link", value, start, end });
  };
  for (const { 0: scheme, index } of text.matchAll(SCHEME)) {
    if (index < (links.at(-1)?.end ?? 0)) continue;
    const hostEnd = findHostEnd(text, index + scheme.length);
    if (hostEnd !== undefined) add(index, hostEnd, "");
  }
  for (const { 0: domain, index } of text.matchAll(DOMAIN)) {
    const end = index + domain.length;
    if (isDomain(domain, text.charAt(end) === "/")) add(index, end, "https://");
  }
  return links;
};

function findEnd(text: string, start: number, hostEnd: number): number {
  PORT.lastIndex = hostEnd;
  const portEnd = hostEnd + (PORT.exec(text)?.[0].length ?? 0);
  return /[/?#]/.test(text.charAt(portEnd)) ? findAddressEnd(text, start, portEnd) : portEnd;
}

// A mark may begin after anything that is not part of a word, and anywhere in scripts without spaces.
const WORD = String.raw`[\p{L}\p{N}\p{M}_&\/]--[${UNSPACED}]`;
const MENTION = new RegExp(
  String.raw`(?<![${WORD}])(?<![@＠#＃.=+\-])@((?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9\-]{0,61}[a-z0-9])?)(?![a-z0-9_@＠])(?!\.[a-z0-9])`,
  "giv",
);
// A tag continues after one of these signs if a letter or digit follows, and ends at any other punctuation.
const IN_TAG = String.raw`[^\s\p{P}\p{Cc}\p{Cf}<>\|=\^~～｜\u0060]|[_\-'’.&\/・·‧](?=[\p{L}\p{N}\p{M}_])`;
const TAG = new RegExp(String.raw`(?:(?<![${WORD}])|(?<=[#＃][^\s#＃]*))[#＃](?![\ufe0f\u20e3])((?:${IN_TAG})+)`, "gv");
const MAX_TAG_GRAPHEMES = 64;
const MAX_TAG_BYTES = 640;

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Finds the addresses, mentions and hashtags in a text, in order. Marks inside another mark are left out. */
export const findMarks = (text: string): Mark[] => {
  const found = [...findLinks(text), ...findMentions(text), ...findTags(text)].sort((a, b) => a.start - b.start);
  let end = 0;
  return found.filter((mark) => {
    if (mark.start < end) return false;
    end = mark.end;
    return true;
  });
};

function findMentions(text: string): Mark[] {
  return [...text.matchAll(MENTION)].map(({ 0: { length }, 1: handle = "", index }) => {
    return { kind: "mention", value: handle.toLowerCase(), start: index, end: index + length };
  });
}

function findTags(text: string): Mark[] {
  return [...text.matchAll(TAG)].flatMap(({ 1: value = "", index }): Mark[] => {
    const isTag = /[^\p{N}\p{P}\p{M}]/u.test(value) && isShort(value);
    return isTag ? [{ kind: "tag", value, start: index, end: index + value.length + 1 }] : [];
  });
}

function isShort(tag: string): boolean {
  return Buffer.byteLength(tag) <= MAX_TAG_BYTES && [...GRAPHEMES.segment(tag)].length <= MAX_TAG_GRAPHEMES;
}

// Characters that no address contains, and the quotation marks and punctuation of scripts that have their own.
const STOP =
  /[\s\p{Cc}<>"`\\^“”«»„‟‹›〈〉《》「」『』【】〔〕〖〗（）［］｛｝，。、；：！？｡､…—\u00ad\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069]/u;
const SENTENCE = new RegExp(String.raw`[[${UNSPACED}\p{Extended_Pictographic}]--[0-9#*]]`, "v");
const CLOSING = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
]);

/**
 * Finds where an address ends, given where its path, query or fragment begins. Leaves out punctuation that belongs to the
 * sentence, but keeps the address's own brackets and apostrophes.
 */
const findAddressEnd = (text: string, start: number, from: number): number => {
  const open: string[] = [];
  let end = from;
  for (const sign of text.slice(from)) {
    const [before, after] = [text.charAt(end - 1), text.charAt(end + sign.length)];
    if (isEnd(sign, before, after)) break;
    if (/[([{]/.test(sign)) open.push(sign);
    if (CLOSING.has(sign) && open.pop() !== CLOSING.get(sign)) break;
    end += sign.length;
  }
  const isEmphasized = text.charAt(start - 1) === "_";
  return from + trim(text.slice(from, end), isEmphasized).length;
};

function isEnd(sign: string, before: string, after: string): boolean {
  if (STOP.test(sign)) return true;
  // Browsers leave `|` unescaped in a query. At the end of a table cell it is not part of the address.
  if (sign === "|") return !/[\p{L}\p{N}%]/u.test(after);
  if (/['’]/.test(sign)) return !/[\p{sc=Latin}0-9]/u.test(after);
  return /[a-z0-9]/i.test(before) && SENTENCE.test(sign);
}

function trim(rest: string, isEmphasized: boolean): string {
  const trimmed = rest.replace(/[.,;:!?*~'’([{|–・،؛؟۔।॥]+$/u, "");
  return isEmphasized ? trimmed.replace(/_+$/, "") : trimmed;
}

const LITERAL = /\[[0-9a-f:.]+\]/iy;
// A user name and password before the host. An address with these is not linked.
const CREDENTIALS = /[\w.!~*'()%;:&=+$,-]*@/y;
const NAME = /[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)*/uy;

/** Where the host that begins at an offset ends, or undefined when there is no host. */
const findHostEnd = (text: string, start: number): number | undefined => {
  if (match(CREDENTIALS, text, start)) return undefined;
  const literal = match(LITERAL, text, start);
  if (literal) return start + literal.length;
  const name = match(NAME, text, start);
  if (!name) return undefined;
  return start + cut(name).replace(/[_-]+$/, "").length;
};

function match(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}

// In scripts without spaces, the sentence continues directly after a host.
function cut(name: string): string {
  if (isTopLevel(name.slice(name.lastIndexOf(".") + 1))) return name;
  for (const { index } of name.matchAll(/(?<=[a-zA-Z0-9])\P{ASCII}/gu)) {
    const ascii = name.slice(0, index);
    const last = ascii.slice(ascii.lastIndexOf(".") + 1);
    if (ascii === "localhost" || (ascii.includes(".") && (isTopLevel(last) || !name.includes(".", index))))
      return ascii;
  }
  const lastDot = name.lastIndexOf(".");
  const [before, last] = [name.slice(0, lastDot + 1), name.slice(lastDot + 1)];
  for (let length = last.length - 1; length > 0 && lastDot > 0 && /^\P{ASCII}/u.test(last); length--) {
    if (isTopLevel(last.slice(0, length))) return before + last.slice(0, length);
  }
  return name;
}
