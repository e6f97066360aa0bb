import { expect, test, vi } from "vitest";
import { labelSchema } from "#lib/pasted/label-schema";

const schema = labelSchema(5);
const read = (text: string) => schema.safeParse(text);

test.each([
  ["  a b\u200b ", "a b"],
  ["\u202aabc\u202c", "abc"],
  ["e\u0301".repeat(5), "é".repeat(5)],
  ["❤\ufe0f", "❤\ufe0f"],
  ["a\u00a0b", "a\u00a0b"],
  ["<b>", "<b>"],
])("%j is kept as %j", (text, kept) => {
  expect(read(text).data).toBe(kept);
});

test.each([
  ["abcdef", "Use at most 5 characters."],
  ["a\u200bb", "Remove the character U+200B, which cannot be seen."],
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
