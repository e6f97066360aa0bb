import { countText, toTextLimit } from "#lib/networks/count-text";
import type { Capabilities } from "#lib/networks/schema";

export type TextLength = { length: number; limit: number; unit: Capabilities["text_unit"] | "bytes" };

/** The text's length as the server counts it, in the unit in which it is closest to its limit or furthest beyond it. */
export const measureText = (text: string, capabilities: Capabilities, hasMedia = false): TextLength => {
  const { text_unit: unit, text_bytes: mostBytes } = capabilities;
  const limit = toTextLimit(capabilities, hasMedia);
  const length = countText(text, capabilities);
  if (mostBytes === null) return { length, limit, unit };
  const bytes = new TextEncoder().encode(text).length;
  return bytes / mostBytes > length / limit
    ? { length: bytes, limit: mostBytes, unit: "bytes" }
    : { length, limit, unit };
};
