/** How much is read of one text in which a key is looked for: more than any command or file of settings. */
export const MAX_PASTED_LENGTH = 20_000;

const SECRET_START = "boring_";
const SECRET_LENGTH = 43;
const ESCAPED = /%([0-9a-f]{2})|\\u([0-9a-f]{4})|&#x([0-9a-f]{1,6});/gi;
// Everything that a key has no room for.
const BETWEEN = /[^0-9A-Za-z_]+/g;

/**
 * The keys in a text, each once, whatever stands around and inside of them: quotes, a name, JSON, a command, escapes,
 * invisible characters, the break of a line. `isWhole` knows a key by its checksum, so that one is found as well where
 * the next letter follows at once. The work grows with the text's length and no faster.
 */
export const findSecrets = (text: string, isWhole: (candidate: string) => boolean): string[] => {
  const found = new Set<string>();
  const decoded = text.replace(ESCAPED, (_, ...codes: (string | undefined)[]) => toCharacter(codes));
  for (const view of [text, decoded, decoded.replace(BETWEEN, "")]) {
    for (let at = view.indexOf(SECRET_START); at !== -1; at = view.indexOf(SECRET_START, at + 1)) {
      const candidate = view.slice(at, at + SECRET_LENGTH);
      if (isWhole(candidate)) found.add(candidate);
    }
  }
  return [...found];
};

// A key is ASCII: of an escaped character that is not, nothing has to stay.
function toCharacter(codes: (string | undefined)[]): string {
  const code = Number.parseInt(codes.find((digits) => digits !== undefined) ?? "", 16);
  return code < 0x80 ? String.fromCharCode(code) : "";
}
