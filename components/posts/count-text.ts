import type { Capabilities } from "#lib/networks/schema";

export type TextLength = { length: number; limit: number; unit: Capabilities["text_unit"] | "bytes" };

/**
 * How long a text is in the unit in which it is nearest to its limit, or farthest beyond it. Networks may count links in
 * a way of their own.
 */
export const countText = (text: string, { text_limit, text_unit, text_bytes }: Capabilities): TextLength => {
  const length = text_unit === "graphemes" ? countGraphemes(text) : [...text].length;
  const shown: TextLength = { length, limit: text_limit, unit: text_unit };
  if (text_bytes === null) return shown;
  const bytes = new TextEncoder().encode(text).length;
  return bytes / text_bytes > length / text_limit ? { length: bytes, limit: text_bytes, unit: "bytes" } : shown;
};

function countGraphemes(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}
