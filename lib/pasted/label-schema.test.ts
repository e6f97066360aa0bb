import { expect, test, vi } from "vitest";
import { labelSchema } from "#lib/pasted/label-schema";

const schema = labelSchema(5);
const read = (text: string) => schema.safeParse(text);

test.each([
  ["  a b\u200b ", "a b"],
  ["\u202aabc\u202c", "abc"],
  ["e\u0301".repeat(5), "é".repeat(5)],
  ["❤\ufe0f", "❤\ufe0f"],
  ["⭐\ufe0f", "⭐"],
  ["1\ufe0f\u20e3", "1\ufe0f\u20e3"],
  ["👁\ufe0f\u200d🗨\ufe0f", "👁\ufe0f\u200d🗨\ufe0f"],
  ["می\u200cخ", "می\u200cخ"],
  ["a\u00a0b", "a\u00a0b"],
  ["<b>", "<b>"],
])("%j is kept as %j", (text, kept) => {
  expect(read(text).data).toBe(kept);
});

test.each([
  ["abcdef", "Use at most 5 characters."],
  ["a\u200bb", "Remove the character U+200B, which cannot be seen."],
  ["生\u200d產", "Remove the character U+200D, which cannot be seen."],
  ["а\u200cб", "Remove the character U+200C, which cannot be seen."],
  ["a\ufe0fb", "Remove the character U+FE0F, which cannot be seen."],
  ["abc\ufe0e", "Remove the character U+FE0E, which cannot be seen."],
  ["1\ufe0f", "Remove the character U+FE0F, which cannot be seen."],
  ["生\ufe00", "Remove the character U+FE00, which cannot be seen."],
  ["生\u{e0100}", "Remove the character U+E0100, which cannot be seen."],
  ["a\ufff0b", "Remove the character U+FFF0, which cannot be seen."],
  ["a\u{e0080}b", "Remove the character U+E0080, which cannot be seen."],
  ["a\nb", "Remove the character U+000A, which cannot be seen."],
  ["a\u202eb", "Remove the character U+202E, which cannot be seen."],
  ["a\ud800", "Remove characters that are none."],
])("%j is refused: %s", (text, message) => {
  expect(read(text).error?.issues.map((issue) => issue.message)).toEqual([message]);
});

test("a text that is far too long is neither normalised nor counted", () => {
  const normalize = vi.spyOn(String.prototype, "normalize");
  expect(read("a\u0301\u0327".repeat(300_000)).error?.issues).toHaveLength(1);
  expect(normalize).not.toHaveBeenCalled();
  normalize.mockRestore();
});

test("of all that programs show nothing for, nothing makes another name of one", () => {
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    if (!/\p{Default_Ignorable_Code_Point}/u.test(character)) continue;
    for (const text of [`a${character}b`, `生${character}產`, `ab${character}`]) {
      const { data } = read(text);
      expect(data === undefined || data === text.replace(character, ""), code.toString(16)).toBe(true);
    }
  }
});
