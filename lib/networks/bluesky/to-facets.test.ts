import { expect, test } from "vitest";
import { toFacets } from "#lib/networks/bluesky/to-facets";

const findDids = async (handles: string[]) =>
  new Map(handles.filter((it) => !it.startsWith("nobody")).map((it) => [it, `did:plc:${it}`]));

/** What a text's facets cover, read back out of its bytes, and what they mean. */
const readFacets = async (text: string) => {
  const bytes = Buffer.from(text);
  return (await toFacets(text, findDids)).map(({ index, features: [feature = {}] }) => {
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
  ["https://en.wikipedia.org/wiki/Hobson's_choice", "https://en.wikipedia.org/wiki/Hobson's_choice"],
  ["https://en.wikipedia.org/wiki/Hobson’s_choice.", "https://en.wikipedia.org/wiki/Hobson’s_choice"],
  ["'https://example.com/a'", "https://example.com/a"],
  ["‘https://example.com/a’", "https://example.com/a"],
  ["“https://example.com/a”", "https://example.com/a"],
  ['"https://example.com/a"', "https://example.com/a"],
  ["„https://example.com/a“", "https://example.com/a"],
  ["(https://en.wikipedia.org/wiki/Foo_(bar))", "https://en.wikipedia.org/wiki/Foo_(bar)"],
  ["(see https://example.com/a), and", "https://example.com/a"],
  ["[text](https://example.com/a_(b)) and", "https://example.com/a_(b)"],
  ["[https://example.com/a]", "https://example.com/a"],
  ["<https://example.com/a>", "https://example.com/a"],
  ["**https://example.com/a**", "https://example.com/a"],
  ["_https://example.com/a_b_", "https://example.com/a_b"],
  ["`https://example.com/a`", "https://example.com/a"],
  ["https://example.com입니다", "https://example.com"],
  ["https://example.com/path입니다", "https://example.com/path"],
  ["https://ko.wikipedia.org/wiki/한국어", "https://ko.wikipedia.org/wiki/한국어"],
  ["https://example.com/a謝謝", "https://example.com/a"],
  ["https://example.com👍", "https://example.com"],
  ["https://example.com/a👍", "https://example.com/a"],
  ["https://example.com：請看", "https://example.com"],
  ["https://example.com（官網）", "https://example.com"],
  ["《https://example.com/a》", "https://example.com/a"],
  ["https://example.com/a…", "https://example.com/a"],
  ["https://example.com/a?!", "https://example.com/a"],
  ["https://example.com/?q=a,b;c:d.e!", "https://example.com/?q=a,b;c:d.e"],
  ["https://example.com/#:~:text=a", "https://example.com/#:~:text=a"],
  ["https://例子.台灣/路徑，謝謝", "https://例子.台灣/路徑"],
  ["https://例子.台灣很好", "https://例子.台灣"],
  ["https://bücher.example/a", "https://bücher.example/a"],
  ["http://localhost:3000/a.", "http://localhost:3000/a"],
  ["http://[::1]:8080/a", "http://[::1]:8080/a"],
  ["http://192.168.0.1", "http://192.168.0.1"],
  ["https://web.archive.org/web/2020/https://example.com/", "https://web.archive.org/web/2020/https://example.com/"],
  ["https://en.wikipedia.org/w/index.php?title=A&pages=B|C", "https://en.wikipedia.org/w/index.php?title=A&pages=B|C"],
  ["| https://example.com/a| b |", "https://example.com/a"],
  ["https://example.com/?q={id}&x=1", "https://example.com/?q={id}&x=1"],
  ["{https://example.com/a}", "https://example.com/a"],
  ["https://ar.wikipedia.org/wiki/مصر، ثم", "https://ar.wikipedia.org/wiki/مصر"],
  ["https://example.com/a؟", "https://example.com/a"],
  ["https:///x", undefined],
  ["https://///", undefined],
  ["https://user:secret@example.com/", undefined],
  ["https://example.com@evil.example/", undefined],
  ["https://.example", undefined],
  ["https://#tag", undefined],
  ["xhttps://example.com", undefined],
  ["https:// nowhere", undefined],
  ["javascript:alert(1) ftp://example.com", undefined],
])("addresses are links without the punctuation around them: %s", async (text, link) => {
  expect(await readFacets(text)).toEqual(link === undefined ? [] : [[link, "link", link]]);
});

test.each([
  ["example.com", "example.com"],
  ["www.example.com", "www.example.com"],
  ["See example.com.", "example.com"],
  ["(example.com/a_(b)?c=d#e)", "example.com/a_(b)?c=d#e"],
  ["請看example.com謝謝", "example.com"],
  ["“example.com”", "example.com"],
  ["EXAMPLE.COM", "EXAMPLE.COM"],
  ["example.com:8080/a", "example.com:8080/a"],
  ["news.bbc.co.uk,", "news.bbc.co.uk"],
  ["163.com", "163.com"],
  ["docs.rs/serde", "docs.rs/serde"],
  ["www.hackmd.md", "www.hackmd.md"],
  ["abc.com.py", "abc.com.py"],
  ["müller.de", "müller.de"],
  ...[
    ...["README.md", "v1.2", "e.g.", "i.e. this", "node.js", "Next.js 16", "setup.py", "main.rs", "install.sh"],
    ...["index.html", "photo.jpg", "archive.tar.gz", "clip.mov", "1.2.3.4", "3.14", "10.am", "a.m.", "Ph.D.", "U.S."],
    ...["It works.So does this", "Hello.World", "me@example.com", "a.b@example.com", "@alice@mastodon.social"],
    ...["foo.xyzzy", "example.com.xyzzy", "obj.name()", "src/example.com", "ftp://example.com", "$a.name", "a..com"],
    ...[".com", "com", "-.com", "example.c"],
  ].map((text): [string, undefined] => [text, undefined]),
])(
  "domains alone are links, and files, versions, ends of sentences and addresses of mail are none: %s",
  async (text: string, shown?: string) => {
    expect(await readFacets(text)).toEqual(shown === undefined ? [] : [[shown, "link", `https://${shown}`]]);
  },
);

test.each([
  ["@alice.example", "@alice.example", "alice.example"],
  ["Hi (@Alice.Example)!", "@Alice.Example", "alice.example"],
  ["@a-b.example.com.", "@a-b.example.com", "a-b.example.com"],
  ["「@alice.example」", "@alice.example", "alice.example"],
  ["感謝@alice.example的分享", "@alice.example", "alice.example"],
  ["mail@alice.example", undefined],
  ["@alice.example@server.example", undefined],
  ["@alice.example_x", undefined],
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
  ["#台灣，今天出發", "#台灣", "台灣"],
  ["(#ATL)", "#ATL", "ATL"],
  ["「#標籤」", "#標籤", "標籤"],
  ["“#tag”", "#tag", "tag"],
  ["#tag's", "#tag's", "tag's"],
  ["#no-code, #1", "#no-code", "no-code"],
  ["#2026年", "#2026年", "2026年"],
  ["#ジョン・レノン。", "#ジョン・レノン", "ジョン・レノン"],
  ["#tag:", "#tag", "tag"],
  ["#tag…", "#tag", "tag"],
  ["今天去#台灣！", "#台灣", "台灣"],
  ["#tag\u200b", "#tag", "tag"],
  ["a#tag", undefined],
  ["C#", undefined],
  ["&#39;", undefined],
  ["#️⃣ 1", undefined],
  ["#", undefined],
  ["# tag", undefined],
  ["#!!!", undefined],
  [`#${"a".repeat(65)}`, undefined],
])("words behind a number sign are tags: %s", async (text: string, covered?: string, tag?: string) => {
  expect(await readFacets(text)).toEqual(covered === undefined ? [] : [[covered, "tag", tag]]);
});

test("places are counted in bytes of UTF-8, whatever stands before them", async () => {
  const text = "👩‍👩‍👧 é 你好 #tag";
  expect((await toFacets(text, findDids)).map(({ index }) => index)).toEqual([{ byteStart: 29, byteEnd: 33 }]);
});

test("what is inside of an address is part of it", async () => {
  const text = "https://example.com/(@alice.example/#tag @alice.example";
  expect(await readFacets(text)).toEqual([
    ["https://example.com/(@alice.example/#tag", "link", "https://example.com/(@alice.example/#tag"],
    ["@alice.example", "mention", "did:plc:alice.example"],
  ]);
});

test("long texts of nothing but signs take no time", async () => {
  for (const sign of ["#", "@", "https://", "@a.", ")", "#1", "a-", "a.", "https://a.com/(", "台", "#台", "a.com"]) {
    const before = process.threadCpuUsage().user;
    await toFacets(sign.repeat(3000 / sign.length), findDids);
    expect((process.threadCpuUsage().user - before) / 1000).toBeLessThan(500);
  }
});

test("tags that follow each other directly are as many", async () => {
  expect((await readFacets("#新聞#台灣 #a#b")).map(([, , tag]) => tag)).toEqual(["新聞", "台灣", "a", "b"]);
});

test("places are right behind emoji and signs of two code units", async () => {
  const text = "𠮷👨‍👩‍👧‍👦“https://example.com/a”、example.com、#台灣，@alice.example";
  const covered = (await readFacets(text)).map(([shown]) => shown);
  expect(covered).toEqual(["https://example.com/a", "example.com", "#台灣", "@alice.example"]);
});
