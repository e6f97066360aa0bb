import { expect, test, vi } from "vitest";
import { labelSchema } from "#lib/pasted/schema";
import { readRule, say } from "#lib/problems/problem";

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
  ["abcdef", say("text_too_long", { most: 5 })],
  ["a\u200bb", say("character_unseen", { character: "U+200B" })],
  ["生\u200d產", say("character_unseen", { character: "U+200D" })],
  ["а\u200cб", say("character_unseen", { character: "U+200C" })],
  ["a\ufe0fb", say("character_unseen", { character: "U+FE0F" })],
  ["abc\ufe0e", say("character_unseen", { character: "U+FE0E" })],
  ["1\ufe0f", say("character_unseen", { character: "U+FE0F" })],
  ["生\ufe00", say("character_unseen", { character: "U+FE00" })],
  ["生\u{e0100}", say("character_unseen", { character: "U+E0100" })],
  ["a\ufff0b", say("character_unseen", { character: "U+FFF0" })],
  ["a\u{e0080}b", say("character_unseen", { character: "U+E0080" })],
  ["a\nb", say("character_unseen", { character: "U+000A" })],
  ["a\u202eb", say("character_unseen", { character: "U+202E" })],
  ["a\ud800", say("characters_broken")],
])("%j is refused: %j", (text, problem) => {
  expect(read(text).error?.issues.map((issue) => readRule(issue.message))).toEqual([problem]);
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
