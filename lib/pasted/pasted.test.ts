import fc from "fast-check";
import { expect, test } from "vitest";
import { askToRemove, cleanAddress, findInvisible, trimPasted, withoutInvisible } from "#lib/pasted/schema";
import { say } from "#lib/problems/problem";

const WIDTHLESS = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202a", "\u202c", "\u2066", "\u2069"];
const SELECTING = ["\ufe00", "\ufe0e", "\ufe0f", "\u{e0100}"];
const BLANK = [" ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u2800", "\u3000", "\u3164"];

test.each([...WIDTHLESS, ...BLANK])("%j around what was pasted is removed", (around) => {
  expect(trimPasted(`${around}a b${around}${around}`)).toBe("a b");
  expect(withoutInvisible(`${around}a${around}`)).toBe("a");
  expect(cleanAddress(`${around}https://example.com/a${around}`)).toBe("https://example.com/a");
});

test.each([...WIDTHLESS, ...SELECTING])("%j takes no room and is removed from a handle and a host", (inside) => {
  expect(withoutInvisible(`alice.bsky${inside}.social`)).toBe("alice.bsky.social");
  expect(cleanAddress(`https://exam${inside}ple.com:8443/a?b`)).toBe("https://example.com:8443/a?b");
  expect(cleanAddress(`exam${inside}ple.com`)).toBe("example.com");
});

test.each([
  ["https://example.com/a\u200bb", "U+200B"],
  ["https://example.com/?a=\u00adb", "U+00AD"],
  ["https://example.com/a\nhttps://example.net/b", "U+000A"],
  ["https://example.com\nhttps://example.net", "U+000A"],
  ["https://exam\tple.com/", "U+0009"],
  ["https://example.com/a\u00a0b", "U+00A0"],
  ["https://example.com/a\u{e0041}b", "U+E0041"],
  ["https://exa\u3164mple.com/", "U+3164"],
])("%j would lead elsewhere, and what has to go is named", (address, code) => {
  const cleaned = cleanAddress(address);
  expect(findInvisible(cleaned)).toBe(code);
  expect(askToRemove(cleaned)).toEqual(say("character_unseen", { character: code }));
});

test.each([
  "https://fa.wikipedia.org/wiki/می\u200cخواهم",
  "https://example.com/👩\u200d👩\u200d👧",
  "https://example.com/❤\ufe0f",
  "https://example.com/my picture.png",
  "https://münchen.example/%E2%80%8B",
])("%j is an address as it is", (address) => {
  expect(cleanAddress(address)).toBe(address);
  expect(findInvisible(address)).toBeUndefined();
});

test("what is cleaned once is clean, and nothing that can be seen is lost", () => {
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom(...WIDTHLESS, ...SELECTING, ...BLANK, "❤"), fc.constantFrom(..."ab:/?#.@")),
  });
  fc.assert(
    fc.property(text, (pasted) => {
      for (const clean of [trimPasted, withoutInvisible, cleanAddress]) {
        const once = clean(pasted);
        expect(clean(once)).toBe(once);
        expect(once.replace(/[^ab:/?#.@❤]/g, "")).toBe(pasted.replace(/[^ab:/?#.@❤]/g, ""));
      }
    }),
  );
});
