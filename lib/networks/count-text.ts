import type { Capabilities } from "#lib/networks/schema";

const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * How many characters a reader sees: a family emoji is one, and so is a letter with its accents. Counting ends at `atMost`,
 * because it is slow, and how far a text is beyond what anybody takes says nothing.
 */
export const countGraphemes = (text: string, atMost = Number.POSITIVE_INFINITY): number =>
  count(SEGMENTER.segment(text), atMost);

/** How many code points a text has, counted up to `atMost`. */
export const countCharacters = (text: string, atMost = Number.POSITIVE_INFINITY): number => count(text, atMost);

function count(parts: Iterable<unknown>, atMost: number): number {
  let counted = 0;
  for (const _part of parts) {
    if (counted >= atMost) break;
    counted++;
  }
  return counted;
}

// Where a link begins and ends is the server's decision: these are its rules, without its list of top-level domains.
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
 * How long a text is as its network counts it: in its unit, and where every link counts the same, of a mention only the
 * name before the server. Counting ends at `atMost`: the work must not grow with what is too long.
 */
export const countText = (
  text: string,
  { text_unit, link_length }: Pick<Capabilities, "text_unit" | "link_length">,
  atMost?: number,
): number => {
  const counted = link_length === null ? text : shortenMentions(text.replace(LINK, "x".repeat(link_length)));
  return text_unit === "graphemes" ? countGraphemes(counted, atMost) : countCharacters(counted, atMost);
};

/** Leaves the servers out of mentions, as they are shown to readers. */
export const shortenMentions = (text: string): string => text.replace(MENTION, "@$1");
