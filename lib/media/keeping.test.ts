import { randomUUID } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import { expect, test } from "vitest";
import { checkMedium, type Look } from "#lib/media/check-medium";
import { openMedium } from "#lib/media/open-medium";
import { EVERYTHING, serveMedia } from "#lib/media/testing/serve-media";
import { toEnglish } from "#lib/problems/tell-problem";
import { useMediaFolder } from "#lib/testing/process-state";

const PNG = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#ff0000" } })
  .png()
  .toBuffer();
const never = new Promise<"late">(() => {});

const toLook = (more: Partial<Look> = {}): Look => ({
  taken: EVERYTHING,
  label: "Bluesky",
  late: never,
  seconds: 5,
  mayKeep: () => true,
  ...more,
});

/** A post with a medium at an address. */
const mediumOf = (server: { url: string }, at = "/picture") => ({ postId: randomUUID(), url: `${server.url}${at}` });

test("an address that works once is enough: what was looked at is what is published", async () => {
  let asked = 0;
  const server = await serveMedia((_request, response) => {
    response.writeHead(asked++ === 0 ? 200 : 410, { "content-length": PNG.length });
    response.end(PNG);
  });
  const medium = mediumOf(server);
  const looks = await Promise.all([checkMedium(medium, toLook()), checkMedium(medium, toLook())]);
  expect(looks[0]).toEqual({ url: medium.url, type: "image/png", warnings: [] });
  for (let attempt = 0; attempt < 2; attempt++) {
    const opened = await openMedium(medium, EVERYTHING);
    expect(opened).toMatchObject({ type: "image/png", size: { width: 40, height: 30 } });
    expect((await buffer(opened.body)).length).toBe(opened.bytes);
    await opened.close();
  }
  expect(asked).toBe(1);
});

test("what is kept can be read by nobody else, and is one file a medium when nothing is being published", async () => {
  const server = await serveMedia((_request, response) => response.end(PNG));
  const medium = mediumOf(server);
  await checkMedium(medium, toLook());
  const { close } = await openMedium(medium, EVERYTHING);
  await close();
  const folder = path.join(server.dataDir, "media", medium.postId);
  const [name = "", ...others] = await readdir(folder);
  expect(others).toEqual([]);
  expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test("what does not come in time is accepted with a warning, and what comes a little later is kept all the same", async () => {
  let finish = () => {};
  const server = await serveMedia((_request, response) => {
    response.writeHead(200, { "content-length": PNG.length });
    response.write(PNG.subarray(0, 10));
    finish = () => response.end(PNG.subarray(10));
  });
  const medium = mediumOf(server);
  const { promise: late, resolve } = Promise.withResolvers<"late">();
  const checking = checkMedium(medium, toLook({ late, seconds: 2 }));
  await expect.poll(() => server.requests.length).toBe(1);
  resolve("late");
  const { warnings } = await checking;
  expect(warnings.map(toEnglish)).toEqual([
    `${medium.url} had not arrived completely after 2 s. It is fetched and checked when the post is published, so it must be available then.`,
  ]);
  finish();
  expect(await openMedium(medium, EVERYTHING)).toMatchObject({ type: "image/png" });
  expect(server.requests).toHaveLength(1);
});

test("what may not be kept is said, and fetched again", async () => {
  const server = await serveMedia((_request, response) => response.end(PNG));
  const medium = mediumOf(server);
  const { type, warnings } = await checkMedium(medium, toLook({ mayKeep: () => false }));
  expect([type, warnings]).toEqual(["image/png", [expect.objectContaining({ code: "medium_fetched_later" })]]);
  await openMedium(medium, EVERYTHING);
  expect(server.requests).toHaveLength(2);
});

test("a disk that takes nothing is said, and refuses no post", async () => {
  const server = await serveMedia((_request, response) => response.end(PNG));
  useMediaFolder("/dev/null/media");
  const { warnings } = await checkMedium(mediumOf(server), toLook());
  expect(warnings).toEqual([expect.objectContaining({ code: "medium_fetched_later" })]);
});

test.each([0, 5, 63, 100])("a download that breaks off after %i bytes may be tried again", async (bytes) => {
  const server = await serveMedia((_request, response) => {
    response.writeHead(200, { "content-length": 5000 });
    response.write(Buffer.concat([PNG, Buffer.alloc(5000)]).subarray(0, bytes));
    setImmediate(() => response.destroy());
  });
  const failure = { code: "MediaDownloadFailed", mayCome: true };
  await expect(openMedium(mediumOf(server), EVERYTHING)).rejects.toMatchObject(failure);
  await expect(checkMedium(mediumOf(server), toLook())).rejects.toMatchObject(failure);
});

test("a film of unknown length that is too large for its network is refused before its post is accepted", async () => {
  const film = await readFile(path.join(import.meta.dirname, "videos/test-film.mp4"));
  const server = await serveMedia((_request, response) => {
    response.write(film.subarray(0, 100));
    response.end(film.subarray(100));
  });
  const look = toLook({ taken: { ...EVERYTHING, video_bytes: film.length - 1 } });
  await expect(checkMedium(mediumOf(server), look)).rejects.toMatchObject({ code: "MediaTooLarge" });
});

test("an answer without a byte may be tried again", async () => {
  const server = await serveMedia((_request, response) => response.end());
  await expect(openMedium(mediumOf(server), EVERYTHING)).rejects.toMatchObject({ mayCome: true });
});

test.each([
  [404, false],
  [408, true],
  [429, true],
  [503, true],
])("an answer of %i is final: %s turned round", async (status, mayCome) => {
  const server = await serveMedia((_request, response) => response.writeHead(status).end());
  const failure = { code: "MediaDownloadFailed", mayCome };
  await expect(openMedium(mediumOf(server), EVERYTHING)).rejects.toMatchObject(failure);
});

test("what becomes of a picture is said before", async () => {
  const frames = Buffer.concat([Buffer.alloc(300, 7), Buffer.alloc(300, 200)]);
  const gif = await sharp(frames, { raw: { width: 10, height: 20, channels: 3, pageHeight: 10 } })
    .gif()
    .toBuffer();
  const server = await serveMedia((request, response) => response.end(request.url === "/gif" ? gif : PNG));
  const still = { taken: { ...EVERYTHING, moving_types: [] } };
  const small = { taken: { ...EVERYTHING, image_pixels: 100 } };
  const told = async (at: string, more: Partial<Look>) =>
    (await checkMedium(mediumOf(server, at), toLook(more))).warnings.map(toEnglish);
  expect(await told("/gif", still)).toEqual([`${server.url}/gif is animated. Bluesky shows it as a still picture.`]);
  expect(await told("/gif", {})).toEqual([]);
  expect(await told("/png", small)).toEqual([
    `${server.url}/png is larger than Bluesky accepts. A smaller version is published.`,
  ]);
  const tight = { taken: { ...EVERYTHING, image_bytes: 10 } };
  await expect(told("/gif", tight)).rejects.toMatchObject({ code: "MediaTooLarge" });
});

test.each([
  ["/page", "<!doctype html><title>No picture</title>", /neither an image nor a video/],
  ["/cut", PNG.subarray(0, 20), /cannot be read as a picture/],
  ["/film", Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\x20mdat", "latin1"), /cannot be read as a video/],
  ["/heic", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), /is a HEIC picture; save it as JPEG/],
])("%s is refused with a sentence, when it is accepted and when it is published", async (at, bytes, sentence) => {
  const server = await serveMedia((_request, response) => response.end(bytes));
  const failure = { code: "InvalidMediaType", mayCome: false, message: expect.stringMatching(sentence) };
  await expect(checkMedium(mediumOf(server, at), toLook())).rejects.toMatchObject(failure);
  await expect(openMedium(mediumOf(server, at), EVERYTHING)).rejects.toMatchObject(failure);
});

test("a film loses what it says on the way", async () => {
  const film = await readFile(path.join(import.meta.dirname, "videos/test-film.mp4"));
  const server = await serveMedia((_request, response) => response.end(film));
  const opened = await openMedium(mediumOf(server), EVERYTHING);
  expect(opened).toMatchObject({ type: "video/mp4", bytes: film.length, size: { width: 64, height: 48 } });
  expect((await buffer(opened.body)).includes("+25.0340")).toBe(false);
});
