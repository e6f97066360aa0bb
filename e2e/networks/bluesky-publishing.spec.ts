import type { OpenedMedium } from "#lib/media/open-medium";
import { bluesky } from "#lib/networks/bluesky/connector";
import type { Medium } from "#lib/networks/connector";
import { countText } from "#lib/networks/count-text";
import { connectAccount, opens, PNG, publish, submit } from "./bluesky-account.ts";
import { expect, test } from "./fixtures.ts";

test("a text arrives as it was written, with what leads somewhere marked", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  const text = `你好 👩‍👩‍👧 @${account.handle} https://example.com/a?b=1. #boring @nobody.example`;
  const submission = submit(text);
  const part = await publish(connected, submission);
  const uri = `at://${account.did}/app.bsky.feed.post/${submission.identity}`;
  expect(part).toMatchObject({
    networkPostId: uri,
    url: `https://bsky.app/profile/${account.did}/post/${submission.identity}`,
    reference: { uri },
  });
  const [post, ...others] = await pds.listPosts(account.did);
  expect(others).toEqual([]);
  expect(post).toMatchObject({ uri, value: { text, createdAt: "2026-11-22T10:00:00.000Z" } });
  const facets = post?.value.facets as { index: { byteStart: number; byteEnd: number }; features: object[] }[];
  const bytes = Buffer.from(text);
  expect(
    facets.map(({ index, features }) => [bytes.subarray(index.byteStart, index.byteEnd).toString(), features[0]]),
  ).toEqual([
    [`@${account.handle}`, { $type: "app.bsky.richtext.facet#mention", did: account.did }],
    ["https://example.com/a?b=1", { $type: "app.bsky.richtext.facet#link", uri: "https://example.com/a?b=1" }],
    ["#boring", { $type: "app.bsky.richtext.facet#tag", tag: "boring" }],
  ]);
});

test("no address in a text makes the server refuse it", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  for (const text of [
    "https:///x http:///// https://? https://# https://. https://:80",
    "https://example.com입니다 https://例子.台灣/路徑 http://[::1]/ https://user:pass@example.com",
    "example.com README.md #台灣，今天 (#ATL) #新聞#台灣 #️⃣ @nobody.test",
    "https://example.com/\u0001\u200b\u202e https://exa\u00admple.com/“a”",
  ]) {
    await expect(publish(connected, submit(text))).resolves.toMatchObject({ networkPostId: expect.any(String) });
  }
});

test("what fits by our count fits by the server's, and one more does not", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  for (const unit of ["a", "é", "👋🏽", "🇹🇼"]) {
    const text = unit.repeat(300);
    expect(countText(text, bluesky.capabilities)).toBe(300);
    await publish(connected, submit(text));
    await expect(publish(connected, submit(`${text}${unit}`))).rejects.toMatchObject({ reason: "refused" });
  }
  expect(await pds.listPosts(account.did)).toHaveLength(4);
});

test("images arrive with their alternative texts", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  const media = ["one", "two", "three", ""].map((altText) => ({ url: "", altText }));
  await publish(connected, submit("", { part: { text: "", media } }), opens("image/png", PNG));
  const [post] = await pds.listPosts(account.did);
  expect(post?.value.embed).toMatchObject({
    $type: "app.bsky.embed.images",
    images: media.map(({ altText }) => ({ alt: altText, image: { mimeType: "image/png", size: PNG.length } })),
  });
});

test("a video of unknown length arrives", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  const video = Buffer.concat([Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "latin1"), Buffer.alloc(3_000_000)]);
  const part = { text: "A film", media: [{ url: "", altText: "Nothing to see" }] };
  const open = async (medium: Medium) => ({ ...(await opens("video/mp4", video)(medium)), bytes: undefined });
  await publish(connected, submit("", { part }), open);
  const [post] = await pds.listPosts(account.did);
  expect(post?.value.embed).toMatchObject({
    $type: "app.bsky.embed.video",
    alt: "Nothing to see",
    video: { mimeType: "video/mp4", size: video.length },
  });
});

test("what the network would not take is refused before anything is uploaded", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  const before = pds.proxy.calls.length;
  const prepare = (count: number, open: (medium: Medium) => Promise<OpenedMedium>) =>
    bluesky.prepare(connected, submit("", { part: { text: "", media: Array(count).fill({ url: "", altText: "" }) } }), {
      open,
    });
  const large = Buffer.alloc(2_000_001);
  await expect(prepare(5, opens("image/png", PNG))).rejects.toMatchObject({ reason: "refused" });
  await expect(prepare(1, opens("image/png", large))).rejects.toMatchObject({ code: "MediaTooLarge" });
  await expect(prepare(1, opens("video/webm", PNG))).rejects.toMatchObject({ code: "InvalidMediaType" });
  expect(pds.proxy.calls.slice(before)).toEqual([]);
});

test("an image that turns out to be too large is refused on the way", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  const open = async (medium: Medium) => ({
    ...(await opens("image/png", Buffer.alloc(2_000_001))(medium)),
    bytes: undefined,
  });
  const part = { text: "", media: [{ url: "", altText: "" }] };
  await expect(bluesky.prepare(connected, submit("", { part }), { open })).rejects.toMatchObject({
    code: "MediaTooLarge",
  });
});

test("a medium that breaks off has done nothing", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  const open = async (): Promise<OpenedMedium> => ({
    type: "image/png",
    bytes: 1000,
    body: (async function* () {
      yield PNG;
      throw new Error("The medium's server went away.");
    })(),
  });
  const part = { text: "", media: [{ url: "", altText: "" }] };
  await expect(bluesky.prepare(connected, submit("", { part }), { open })).rejects.toMatchObject({
    code: "MediaDownloadFailed",
    mayCome: true,
  });
});

test("the parts of a thread answer each other", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  const root = await publish(connected, submit("one"));
  const second = await publish(connected, submit("two", { index: 1, thread: { root, parent: root } }));
  await publish(connected, submit("three", { index: 2, thread: { root, parent: second } }));
  const posts = (await pds.listPosts(account.did)).map(({ value }) => [value.text, value.reply]);
  expect(Object.fromEntries(posts)).toEqual({
    one: undefined,
    two: { root: root.reference, parent: root.reference },
    three: { root: root.reference, parent: second.reference },
  });
});
