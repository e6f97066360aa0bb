import { expect, test } from "vitest";
import { toFacets } from "#lib/networks/bluesky/to-facets";

const findDid = async (handle: string) => (handle.startsWith("nobody") ? undefined : `did:plc:${handle}`);

/** What a text's facets cover, read back out of its bytes, and what they mean. */
const readFacets = async (text: string) => {
  const bytes = Buffer.from(text);
  return (await toFacets(text, findDid)).map(({ index, features: [feature = {}] }) => {
    const { $type = "", ...values } = feature;
    return [bytes.subarray(index.byteStart, index.byteEnd).toString(), $type.split("#")[1], ...Object.values(values)];
  });
};

test.each([
  ["https://example.com", "https://example.com"],
  ["See https://example.com/a?b=c#d.", "https://example.com/a?b=c#d"],
  ["(https://example.com/a)", "https://example.com/a"],
  ["https://example.com/a_(b)", "https://example.com/a_(b)"],
  ["請看https://example.com/a。謝謝", "https://example.com/a"],
  ["請看：https://example.com/a。謝謝", "https://example.com/a"],
  ["「https://example.com/路徑」", "https://example.com/路徑"],
  ["HTTPS://EXAMPLE.COM/A!", "HTTPS://EXAMPLE.COM/A"],
  ["xhttps://example.com", undefined],
  ["https:// example.com", undefined],
  ["javascript:alert(1) ftp://example.com", undefined],
])("addresses are links without the punctuation around them: %s", async (text, link) => {
  expect(await readFacets(text)).toEqual(link === undefined ? [] : [[link, "link", link]]);
});

test.each([
  ["@alice.example", "@alice.example", "alice.example"],
  ["Hi (@Alice.Example)!", "@Alice.Example", "alice.example"],
  ["@a-b.example.com.", "@a-b.example.com", "a-b.example.com"],
  ["mail@alice.example", undefined],
  ["@alice", undefined],
  ["@nobody.example", undefined],
  ["@-a.example", undefined],
])("handles that somebody has are mentions: %s", async (text: string, mention?: string, handle?: string) => {
  expect(await readFacets(text)).toEqual(mention === undefined ? [] : [[mention, "mention", `did:plc:${handle}`]]);
});

test.each([
  ["#tag", "#tag", "tag"],
  ["a #tag, and", "#tag", "tag"],
  ["#台灣 ＃", "#台灣", "台灣"],
  ["＃台灣", "＃台灣", "台灣"],
  ["#a1 #1", "#a1", "a1"],
  ["#👍", "#👍", "👍"],
  ["a#tag", undefined],
  ["#", undefined],
  ["# tag", undefined],
  ["#!!!", undefined],
  [`#${"a".repeat(65)}`, undefined],
])("words behind a number sign are tags: %s", async (text: string, covered?: string, tag?: string) => {
  expect(await readFacets(text)).toEqual(covered === undefined ? [] : [[covered, "tag", tag]]);
});

test("places are counted in bytes of UTF-8, whatever stands before them", async () => {
  const text = "👩‍👩‍👧 é 你好 #tag";
  expect((await toFacets(text, findDid)).map(({ index }) => index)).toEqual([{ byteStart: 29, byteEnd: 33 }]);
});

test("what is inside of an address is part of it", async () => {
  const text = "https://example.com/(@alice.example/#tag @alice.example";
  expect(await readFacets(text)).toEqual([
    ["https://example.com/(@alice.example/#tag", "link", "https://example.com/(@alice.example/#tag"],
    ["@alice.example", "mention", "did:plc:alice.example"],
  ]);
});

test("long texts of nothing but signs take no time", async () => {
  for (const sign of ["#", "@", "https://", "@a.", ")", "#1", "a-"]) {
    const before = process.threadCpuUsage().user;
    await toFacets(sign.repeat(3000 / sign.length), findDid);
    expect((process.threadCpuUsage().user - before) / 1000).toBeLessThan(500);
  }
});
