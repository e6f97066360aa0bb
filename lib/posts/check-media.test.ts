import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import type { SocialAccount } from "#lib/db/generated/client";
import { serveMedia } from "#lib/media/testing/serve-media";
import { checkMedia } from "#lib/posts/check-media";

const PNG = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#ff0000" } })
  .png()
  .toBuffer();
const FILM = await readFile(path.resolve(import.meta.dirname, "../media/videos/test-film.mp4"));
const account = { network: "bluesky", capabilities: null } as SocialAccount;

const check = (urls: string[], waitSeconds = 10, of = account) => {
  const parts: [{ text: string; mediaUrls: string[]; altTexts: string[] }] = [
    { text: "", mediaUrls: urls, altTexts: [] },
  ];
  const draft = { accountId: undefined, network: undefined, parts, scheduledAt: null };
  return checkMedia(draft, of, { postId: randomUUID(), waitSeconds });
};

test("what is refused is refused as such, whatever else of the post is still arriving", async () => {
  const server = await serveMedia((request, response) => {
    response.writeHead(request.url === "/gone" ? 404 : 200);
    response.end(PNG);
  });
  for (let trial = 0; trial < 40; trial++) {
    const urls = ["/a", "/b", "/c", "/gone"].map((name) => server.url + name);
    await expect(check(urls)).rejects.toMatchObject({ name: "ApiError", code: "MediaDownloadFailed" });
  }
});

test("a video stands alone, and an address that is named twice is fetched once", async () => {
  const server = await serveMedia((request, response) => response.end(request.url === "/film" ? FILM : PNG));
  await expect(check([`${server.url}/film`, `${server.url}/a`])).rejects.toMatchObject({ code: "InvalidMediaType" });
  const before = server.requests.length;
  expect(await check([`${server.url}/a`, `${server.url}/a`])).toEqual([]);
  expect(server.requests).toHaveLength(before + 1);
});

test("a network may take videos and pictures together", async () => {
  const server = await serveMedia((request, response) => response.end(request.url === "/film" ? FILM : PNG));
  const mixing = { network: "mastodon", capabilities: { mixed_media: true } } as unknown as SocialAccount;
  expect(await check([`${server.url}/film`, `${server.url}/a`], 10, mixing)).toEqual([]);
});

test("all media of a request together are waited for no longer than the caller waits", async () => {
  const timers: NodeJS.Timeout[] = [];
  const server = await serveMedia((_request, response) => {
    response.writeHead(200, { "content-length": PNG.length });
    let sent = 0;
    timers.push(setInterval(() => response.write(PNG.subarray(sent, ++sent)), 300));
  });
  const begun = performance.now();
  const warnings = await check(
    ["/a", "/b", "/c"].map((name) => server.url + name),
    0,
  );
  expect(performance.now() - begun).toBeLessThan(6000);
  expect(warnings).toHaveLength(3);
  for (const timer of timers) clearInterval(timer);
});
