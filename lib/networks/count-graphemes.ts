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
