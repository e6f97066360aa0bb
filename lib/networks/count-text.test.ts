import { expect, test } from "vitest";
import { countCharacters, countGraphemes, countText } from "#lib/networks/count-text";

const LINK = 23;
const WITH_LINKS = { text_unit: "graphemes", link_length: LINK } as const;

test.each([
  ["nothing", "", 0],
  ["letters", "hello", 5],
  ["what is one character to a reader", "é👩‍👩‍👧‍👦🇹🇼字👋🏽", 5],
  ["a line break of Windows", "a\r\nb", 3],
  ["a line break", "a\nb", 3],
  ["a long link", `see https://example.com/${"a".repeat(300)}`, 4 + LINK],
  ["a short link", "http://a.co", LINK],
  ["a link without its full stop", "(see https://example.com/a_(b)).", 5 + LINK + 2],
  ["a link with a port, a query and a fragment", "https://example.com:8443/a?b=c&d=e#f!", LINK + 1],
  ["a link before a question mark", "https://example.com/a?", LINK + 1],
  ["a link beside Chinese", "請看https://example.com，謝謝", 2 + LINK + 3],
  ["a link whose domain is written in Chinese", "https://例子.台灣/路徑", LINK],
  ["two links", "https://a.example https://b.example", 2 * LINK + 1],
  ["a domain alone", "example.com", 11],
  ["what only looks like a link", "https://localhost ahttps://a.example", 36],
  ["a mention without its server", "hi @alice@mastodon.social!", 10],
  ["a mention of somebody here", "@bob", 4],
  ["an address of mail", "alice@example.com", 17],
  ["a mention inside a link", "https://a.example/@bob@b.example", LINK],
])("%s is counted as the network counts it", (_name, text, length) => {
  expect(countText(text, WITH_LINKS)).toBe(length);
});

const FAMILY = "👩‍👩‍👧‍👦";

test.each([
  ["code_points", `a貼🔑${FAMILY}`, 10],
  ["utf16", `a貼🔑${FAMILY}`, 15],
  ["bytes", "a’貼🔑", 11],
] as const)("in %s every text counts what the unit says", (text_unit, text, length) => {
  expect(countText(text, { text_unit, link_length: null })).toBe(length);
});

// The lengths are those of twitter-text 3.1.0, the vendor's own counter, which agreed in 3,000 texts made of such pieces, but
// for halves of flags.
test.each([
  ["aéßЖعאไ“—", 9],
  ["e\u0301", 1],
  ["q\u0323", 2],
  ["貼アﾊ한ｱ①", 12],
  ["…€™↔✔", 10],
  ["🔑👋🏽🇹🇼1️⃣❤️©️", 12],
  [FAMILY, 2],
  ["©", 1],
  ["see https://example.com/a-long-path-that-counts-as-any-other for more", 36],
])("%j weighs %i", (text, weight) => {
  expect(countText(text, { text_unit: "weighted", link_length: LINK })).toBe(weight);
});

test.each(["https://", "https://a.", "(", "https://a.co/(", "@a.", "@a@a.", "https://a.co/?!"])(
  "a text made to be slow to count is not: %s",
  (piece) => {
    const before = process.threadCpuUsage().user;
    countText(piece.repeat(40_000 / piece.length), WITH_LINKS);
    countText(`https://a.co/${piece.repeat(40_000 / piece.length)}`, WITH_LINKS);
    expect((process.threadCpuUsage().user - before) / 1000).toBeLessThan(2000);
  },
);

test("a link counts as the server says, and as it is written where it says nothing", () => {
  const text = "see https://example.com/a";
  expect(countText(text, { text_unit: "graphemes", link_length: 30 })).toBe(34);
  expect(countText(text, { text_unit: "graphemes", link_length: null })).toBe(25);
});

test("characters are code points where the network counts those, and mentions whole", () => {
  expect(countText("👩‍👩‍👧 @a@b.example", { text_unit: "characters", link_length: null })).toBe(18);
});

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
