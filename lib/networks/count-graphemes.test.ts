import { expect, test } from "vitest";
import { countCharacters, countGraphemes } from "#lib/networks/count-text";

test.each([
  ["", 0],
  ["abc", 3],
  ["e\u0301", 1],
  ["👩‍👩‍👧‍👦", 1],
  ["🇹🇼🇯🇵", 2],
  ["👋🏽", 1],
  ["你好", 2],
  ["a\r\nb", 3],
])("%j is counted as a reader would", (text, count) => {
  expect(countGraphemes(text)).toBe(count);
});

test("counting ends where it is told to, and the rest of the text is not looked at", () => {
  const text = "👩‍👩‍👧‍👦".repeat(1000);
  expect([countGraphemes(text, 301), countGraphemes(text, 1000), countGraphemes(text, 5000)]).toEqual([
    301, 1000, 1000,
  ]);
  expect([countCharacters("貼文🔑", 2), countCharacters("貼文🔑")]).toEqual([2, 3]);
});
