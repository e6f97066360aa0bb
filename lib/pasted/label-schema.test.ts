import { expect, test, vi } from "vitest";
import { labelSchema } from "#lib/pasted/label-schema";
import { readRule, say } from "#lib/problems/problem";

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
  ["abcdef", say("text_too_long", { most: 5 })],
  ["a\u200bb", say("character_unseen", { character: "U+200B" })],
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
