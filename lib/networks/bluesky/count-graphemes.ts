const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });

/** How many characters a reader sees: a family emoji is one, and so is a letter with its accents. */
export const countGraphemes = (text: string): number => Array.from(SEGMENTER.segment(text)).length;
