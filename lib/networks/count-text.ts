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

/**
 * The length of a text as its network counts it, in the network's unit. On networks where every link counts the same, a
 * mention counts without its server. Counting stops at `atMost`, so that an overlong text costs no more.
 */
export const countText = (
  text: string,
  { text_unit, link_length }: Pick<Capabilities, "text_unit" | "link_length">,
  atMost?: number,
): number => {
  const counted = link_length === null ? text : shortenMentions(text.replace(LINK, "x".repeat(link_length)));
  return text_unit === "graphemes" ? countGraphemes(counted, atMost) : countCharacters(counted, atMost);
};

/** Removes the servers from mentions, as readers see them. */
export const shortenMentions = (text: string): string => text.replace(MENTION, "@$1");
