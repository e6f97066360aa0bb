import { expect, test } from "vitest";
import { countText } from "#lib/networks/count-text";
import { capabilities } from "#lib/networks/linkedin/capabilities";
import { escapeLittleText } from "#lib/networks/linkedin/little-text";
import { readLittleText } from "#lib/testing/linkedin/read-little-text";

const PIECES = [
  ..."\\|{}@[]()<>#*_~&/ \n.aé9中",
  "#tag",
  "##",
  "#1",
  "#2024年",
  "👩‍🚀",
  "e\u0301",
  "@[Ada](urn:li:person:1)",
];

/** The same numbers on every run. */
const createChance = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

test("ten thousand texts are read as they were written, and none is longer than was counted", () => {
  const chance = createChance(7);
  for (let round = 0; round < 10_000; round++) {
    const length = Math.floor(chance() * 40);
    const text = Array.from({ length }, () => PIECES[Math.floor(chance() * PIECES.length)]).join("");
    const escaped = escapeLittleText(text);
    expect(readLittleText(escaped)).toBe(text);
    expect(escaped.length).toBeLessThanOrEqual(countText(text, capabilities));
  }
});

test("an unescaped text would be cut without a word", () => {
  expect(readLittleText("See (this)")).toBe("See ");
});

test.each([
  ["Hello #world and #2024年", "Hello #world and #2024年"],
  ["a#b #1 # &#x27; /#top", "a\\#b \\#1 \\# &\\#x27; /\\#top"],
  ["@[Ada](urn:li:person:1)", "\\@\\[Ada\\]\\(urn:li:person:1\\)"],
])("%j is sent as %j", (text, escaped) => {
  expect(escapeLittleText(text)).toBe(escaped);
});
