import type { Capabilities } from "#lib/networks/schema";

const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Counts the characters that a reader sees: a family emoji is one, and so is a letter with its accents. Counting is slow,
 * so it stops soon after `atMost`.
 */
export const countGraphemes = (text: string, atMost = Number.POSITIVE_INFINITY): number =>
  count(SEGMENTER.segment(text), atMost);

/** Counts the code points of a text, up to `atMost`. */
export const countCharacters = (text: string, atMost = Number.POSITIVE_INFINITY): number => count(text, atMost);

function count(parts: Iterable<unknown>, atMost: number): number {
  let counted = 0;
  for (const _part of parts) {
    if (counted >= atMost) break;
    counted++;
  }
  return counted;
}

// The server decides where links begin and end. These are its rules, without its list of top-level domains.
const HOST = String.raw`(?:[\p{L}\p{N}_-]+\.)+(?:xn--[a-z0-9-]+|[a-z]{2,}|[^\x00-\x7f\P{L}]{2,})(?![a-z0-9@+-])`;
const IN_PATH = String.raw`[^\s<>()?]|\((?:[^\s<>()?]|\([^\s<>()?]*\))*\)`;
const PATH_END = String.raw`[^\s()?!*"'「」<>;:=,.$%[\]~&|@]|\((?:[^\s<>()?]|\([^\s<>()?]*\))+\)`;
const IN_QUERY = String.raw`[a-z0-9!?*'();:&=+$/%#[\]_.,~|@^\-]|[^\x00-\x7f\s]`;
const QUERY_END = String.raw`[a-z0-9_&=#/\-]|[^\x00-\x7f\s]`;
const LINK = new RegExp(
  String.raw`(?<![a-z0-9@＠$#＃])https?://${HOST}(?::\d+)?(?:/(?:(?:${IN_PATH})*(?:${PATH_END}))?)?(?:\?(?:${IN_QUERY})*(?:${QUERY_END}))?`,
  "giu",
);
const MENTION = /(?<![=/\p{L}\p{N}_])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@[\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*/giu;

/** The limit of a text, which may be another for a text with media. */
export const toTextLimit = (
  { text_limit, text_limit_with_media }: Pick<Capabilities, "text_limit" | "text_limit_with_media">,
  hasMedia: boolean,
): number => (hasMedia ? (text_limit_with_media ?? text_limit) : text_limit);

/**
 * The length of a text as its network counts it, in the network's unit. On networks where every link counts the same, a
 * mention counts without its server. Counting stops at `atMost`, so that an overlong text costs no more.
 */
export const countText = (
  text: string,
  { text_unit, link_length }: Pick<Capabilities, "text_unit" | "link_length">,
  atMost?: number,
): number => {
  if (text_unit === "utf16") return text.length;
  if (text_unit === "utf16_escaped") return text.length + (text.match(ESCAPED)?.length ?? 0);
  if (text_unit === "bytes") return new TextEncoder().encode(text).length;
  const linked = link_length === null ? text : text.replace(LINK, "x".repeat(link_length));
  if (text_unit === "weighted") return countWeighted(linked, atMost);
  const counted = link_length === null ? linked : shortenMentions(linked);
  return text_unit === "graphemes" ? countGraphemes(counted, atMost) : countCharacters(counted, atMost);
};

// Each of these is written with a backslash before it, which may count as well.
const ESCAPED = /[\\|{}@[\]()<>#*_~]/g;

const LIGHT_RANGES = [
  [0, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const;
const EMOJI = /\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\u20e3/u;

// As X counts: letters of most alphabets are one, other characters two, and so is an emoji, however it is composed.
function countWeighted(text: string, atMost = Number.POSITIVE_INFINITY): number {
  let counted = 0;
  for (const { segment } of SEGMENTER.segment(text.normalize("NFC"))) {
    if (counted >= atMost) break;
    if (EMOJI.test(segment)) counted += 2;
    else for (const character of segment) counted += isLight(character) ? 1 : 2;
  }
  return counted;
}

function isLight(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return LIGHT_RANGES.some(([first, last]) => code >= first && code <= last);
}

/** Removes the servers from mentions, as readers see them. */
export const shortenMentions = (text: string): string => text.replace(MENTION, "@$1");
