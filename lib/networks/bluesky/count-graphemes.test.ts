import { expect, test } from "vitest";
import { countGraphemes } from "#lib/networks/bluesky/count-graphemes";

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
