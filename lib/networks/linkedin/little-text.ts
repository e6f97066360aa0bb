const RESERVED = /[\\|{}@[\]()<>#*_~]/g;
// A hashtag stays one: it is an element of the format. Only letters and digits are in it, so that nobody has to know where
// LinkedIn would end it.
const HASHTAG = /(?<![\p{L}\p{N}\p{M}_&/#])#(?=[\p{N}\p{M}]*\p{L})[\p{L}\p{N}\p{M}]+/gu;

/**
 * A text in LinkedIn's format "little text", in which a backslash makes a reserved character an ordinary one. LinkedIn cuts a
 * text at a reserved character that is not escaped, and says nothing.
 */
export const escapeLittleText = (text: string): string => {
  let [escaped, end] = ["", 0];
  for (const { 0: hashtag, index } of text.matchAll(HASHTAG)) {
    escaped += escapeReserved(text.slice(end, index)) + hashtag;
    end = index + hashtag.length;
  }
  return escaped + escapeReserved(text.slice(end));
};

function escapeReserved(text: string): string {
  return text.replace(RESERVED, (character) => `\\${character}`);
}
