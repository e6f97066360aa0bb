// The Base64 of `boring_`, in the part that does not depend on the neighbouring bytes. `before` counts the characters of
// the first group of four that come before that part. There is one entry for each alignment: zero, one or two bytes in
// front, as in `user:boring_…`.
const STARTS = [
  { shown: "Ym9yaW5n", before: 0 },
  { shown: "JvcmluZ1", before: 2 },
  { shown: "ib3Jpbmdf", before: 3 },
];
// The Base64 length of a key with up to two bytes on either side.
const LONGEST = 64;
const BASE64 = /^[0-9A-Za-z+/]*/;

/**
 * Decodes Base64 (RFC 4648, either alphabet) wherever it seems to contain a key, as in Basic credentials or a Kubernetes
 * secret. Returns one piece for each place. The running time is linear in the length of the text.
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
  // A single character in the last group of four does not make a byte.
  return atob(piece.length % 4 === 1 ? piece.slice(0, -1) : piece);
}
