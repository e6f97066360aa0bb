import { setTimeout } from "node:timers/promises";
import sharp from "sharp";
import { z } from "zod";
import { bluesky } from "./bluesky.ts";
import { expect, test } from "./fixtures.ts";
import type { Pds } from "./pds.ts";
import { createPoster, type Poster } from "./poster.ts";

const blobSchema = z.object({ ref: z.object({ $link: z.string() }), mimeType: z.string(), size: z.number() });
const ratioSchema = z.object({ width: z.number(), height: z.number() });
const embedSchema = z.object({
  images: z.array(z.object({ image: blobSchema, aspectRatio: ratioSchema })).optional(),
  video: blobSchema.optional(),
  aspectRatio: ratioSchema.optional(),
});

let poster: Poster;
test.beforeEach(async ({ world, product }) => {
  poster = await createPoster(product.url, world.serverOf(bluesky));
});

/** What the network's own server keeps of a post's media, and what it was told of them. */
async function readEmbed(pds: Pds, uri: string) {
  const did = /did:[^/]+/.exec(uri)?.[0] ?? "";
  const [post] = await pds.listPosts(did);
  const embed = embedSchema.parse(post?.value.embed);
  const blobs = [...(embed.images ?? []).map(({ image }) => image), ...(embed.video ? [embed.video] : [])];
  const contents = await Promise.all(blobs.map(({ ref }) => pds.readBlob(did, ref.$link)));
  return { ...embed, contents };
}

test("where and by what a photo was taken does not reach the network, and it stands upright in its colours", async ({
  pds,
  world,
}) => {
  const { json } = await poster.post({ text: "A photo", mediaUrls: [`${world.media.url}/photo.jpg`] });
  const { images, contents } = await readEmbed(pds, String((json.data as { post_id: string }).post_id));
  const [photo = Buffer.alloc(0)] = contents;
  const { width, height, exif, hasProfile } = await sharp(photo).metadata();
  expect({ width, height, exif, hasProfile }).toEqual({ width: 40, height: 60, exif: undefined, hasProfile: true });
  for (const secret of ["Exif", "Secret", "GPS"]) expect(photo.includes(secret)).toBe(false);
  expect(images?.[0]?.aspectRatio).toEqual({ width: 40, height: 60 });
});

test("where a film was taken does not reach the network, which is told how wide and high it is", async ({
  pds,
  world,
}) => {
  const { json } = await poster.post({ text: "A film", mediaUrls: [`${world.media.url}/film.mp4`] });
  const { video, aspectRatio, contents } = await readEmbed(pds, String((json.data as { post_id: string }).post_id));
  expect(video).toMatchObject({ mimeType: "video/mp4", size: contents[0]?.length });
  expect(aspectRatio).toEqual({ width: 64, height: 48 });
  for (const secret of ["+25.0340", "GoPro", "secret"]) expect(contents[0]?.includes(secret)).toBe(false);
});

test("a picture that moves is published standing still, and the answer says so", async ({ world }) => {
  const url = `${world.media.url}/moving.gif`;
  const { json } = await poster.post({ text: "It moves", mediaUrls: [url] });
  expect(json.data).toMatchObject({
    status: "published",
    warnings: [`${url} is animated. Bluesky shows it as a still picture.`],
  });
});

test("an address that works once is enough, also for a post that is due later", async ({ world }) => {
  const mediaUrls = (name: string) => [`${world.media.url}/once.png?${poster.account.accountId}-${name}`];
  const now = await poster.post({ text: "now", mediaUrls: mediaUrls("now") });
  expect(now.json.data).toMatchObject({ status: "published", warnings: [] });
  const scheduledAt = new Date(Date.now() + 2000);
  const later = await poster.post({ text: "later", mediaUrls: mediaUrls("later") }, { scheduledAt });
  const [post] = await poster.settled([String(later.json.postSubmissionId)]);
  expect(post).toMatchObject({ status: "published", error: null });
});

test("a server that sends its picture byte by byte holds nobody up who does not want to wait", async ({ world }) => {
  const url = `${world.media.url}/trickle.png`;
  const answer = poster.post({ text: "slow", mediaUrls: [url] }, { prefer: "respond-async" });
  const first = await Promise.race([answer, setTimeout(8000, "still waiting" as const)]);
  if (first === "still waiting") throw new Error("The answer waits for the picture.");
  expect(first.status).toBe(201);
  expect(first.json.data).toMatchObject({
    warnings: [expect.stringContaining(`${url} had not arrived completely after 2 s`)],
  });
  await poster.cancel(String(first.json.postSubmissionId));
});
