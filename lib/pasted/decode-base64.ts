// `boring_` in Base64, as far as it is the same whatever stands before it, and how many characters of the four that make
// three bytes come before that: with none, one or two bytes of something else in front, as in `user:boring_…`.
const STARTS = [
  { shown: "Ym9yaW5n", before: 0 },
  { shown: "JvcmluZ1", before: 2 },
  { shown: "ib3Jpbmdf", before: 3 },
];
// A key, and up to two bytes on either side.
const LONGEST = 64;
const BASE64 = /^[0-9A-Za-z+/]*/;

/**
 * What is written in Base64 (RFC 4648, either alphabet) wherever it begins like a key: as in a Basic credential, or in the
 * secret of a cluster. A piece for each place; the work grows with the text's length and no faster.
 */
export const decodeKeysInBase64 = (text: string): string[] => {
  const even = text
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/\\[rn]|\s/g, "");
  return STARTS.flatMap(({ shown, before }) => {
    const pieces: string[] = [];
    for (let at = even.indexOf(shown); at !== -1; at = even.indexOf(shown, at + 1)) {
      const start = at - before;
      if (start >= 0) pieces.push(decode(even.slice(start, start + LONGEST)));
    }
    return pieces;
  });
};

function decode(text: string): string {
  const [piece = ""] = BASE64.exec(text.replaceAll("-", "+").replaceAll("_", "/")) ?? [];
  // One alone of the last four characters is no byte.
  return atob(piece.length % 4 === 1 ? piece.slice(0, -1) : piece);
}
