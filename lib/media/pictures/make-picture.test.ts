import sharp from "sharp";
import { expect, test } from "vitest";
import { detectMediaType, type MediaType } from "#lib/media/detect-media-type";
import type { MediaLimits } from "#lib/media/media-error";
import { foreseePicture, makePicture } from "#lib/media/pictures/make-picture";
import { lookAtPicture } from "#lib/media/pictures/with-picture";

const NO_LIMITS: MediaLimits = { image_bytes: null, image_pixels: null, moving_types: [] };
const SECRETS = ["Exif", "XMP", "xmp", "Canon", "Taipei", "25/1 2/1", "photoshop", "secret"];

const EXIF = {
  IFD0: { Make: "Canon", Model: "Canon secret" },
  IFD3: { GPSLatitudeRef: "N", GPSLatitude: "25/1 2/1 0/1", GPSLongitudeRef: "E", GPSLongitude: "121/1 33/1 0/1" },
};
const XMP =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="Taipei"/></rdf:RDF></x:xmpmeta>';

/** Red above, blue below, 60 wide and 40 high as it is stored, with everything that a camera says. */
function draw(type: MediaType, orientation = 1, { isPlain = false } = {}) {
  const blue = { create: { width: 60, height: 20, channels: 3 as const, background: "#0000ff" } };
  let picture = sharp({ create: { width: 60, height: 40, channels: 3, background: "#ff0000" } })
    .composite([{ input: blue, top: 20, left: 0 }])
    .withIccProfile("p3");
  if (!isPlain) picture = picture.withExif(EXIF).withXmp(XMP);
  if (orientation !== 1) picture = picture.withMetadata({ orientation });
  return picture.toFormat(type.slice("image/".length) as "jpeg").toBuffer();
}

async function make(type: MediaType, bytes: Buffer, limits: Partial<MediaLimits> = {}) {
  return makePicture(await lookAtPicture(type, bytes), bytes, { ...NO_LIMITS, ...limits });
}

function expectNoSecrets(content: Buffer): void {
  for (const secret of SECRETS) expect(content.includes(secret), secret).toBe(false);
}

const decode = (bytes: Buffer) => sharp(bytes).autoOrient().removeAlpha().raw().toBuffer();

test.each(["image/jpeg", "image/png", "image/webp"] as const)(
  "a %s loses where and by what it was taken, and keeps each pixel and its colours",
  async (type) => {
    const bytes = await draw(type);
    expect(SECRETS.filter((secret) => bytes.includes(secret))).toContain("Canon");
    const picture = await make(type, bytes);
    if (!picture) throw new Error("There is no picture.");
    expect(picture).toMatchObject({ type, width: 60, height: 40 });
    expectNoSecrets(picture.content);
    const metadata = await sharp(picture.content).metadata();
    expect(metadata.hasProfile).toBe(true);
    for (const member of ["exif", "xmp", "iptc", "comments"]) expect(metadata).not.toHaveProperty(member);
    expect(metadata.icc).toEqual((await sharp(bytes).metadata()).icc);
    expect(await decode(picture.content)).toEqual(await decode(bytes));
  },
);

test.each([3, 6, 8])(
  "a JPEG that is to be turned (%i) is turned, because nothing else would say so",
  async (orientation) => {
    const bytes = await draw("image/jpeg", orientation);
    const picture = await make("image/jpeg", bytes);
    if (!picture) throw new Error("There is no picture.");
    const [width, height] = orientation === 3 ? [60, 40] : [40, 60];
    expect(picture).toMatchObject({ type: "image/jpeg", width, height });
    expectNoSecrets(picture.content);
    const metadata = await sharp(picture.content).metadata();
    expect(metadata).toMatchObject({ width, height, hasProfile: true });
    for (const member of ["exif", "orientation"]) expect(metadata).not.toHaveProperty(member);
    const [before, after] = [await decode(bytes), await decode(picture.content)];
    const worst = before.reduce((most, value, index) => Math.max(most, Math.abs(value - (after[index] ?? 0))), 0);
    expect(worst).toBeLessThan(40);
  },
);

test("what a telephone appends to a JPEG does not go out with it", async () => {
  const plain = await draw("image/jpeg", 1, { isPlain: true });
  const film = Buffer.from("\0\0\0\x18ftypmp42 secret film of the moment");
  const comment = Buffer.from("\xff\xfe\0\x08secret", "latin1");
  const preview = Buffer.from("\xff\xe2\0\x0aMPF\0 GPS", "latin1");
  const bytes = Buffer.concat([plain.subarray(0, 2), comment, preview, plain.subarray(2), film]);
  expect((await make("image/jpeg", bytes))?.content).toEqual(plain);
});

test("comments of a GIF are left out, and it moves as before", async () => {
  const frames = Buffer.concat([Buffer.alloc(10 * 10 * 3, 7), Buffer.alloc(10 * 10 * 3, 200)]);
  const gif = await sharp(frames, { raw: { width: 10, height: 20, channels: 3, pageHeight: 10 } })
    .gif()
    .toBuffer();
  const end = gif.length - 1;
  const bytes = Buffer.concat([gif.subarray(0, end), Buffer.from("\x21\xfe\x06secret\0\x3b more secret", "latin1")]);
  expect(await lookAtPicture("image/gif", bytes)).toMatchObject({ isMoving: true, width: 10, height: 10 });
  expect((await make("image/gif", bytes))?.content).toEqual(gif);
  expect(await make("image/gif", bytes, { image_bytes: 20, moving_types: ["image/gif"] })).toBeUndefined();
  expect(await make("image/gif", bytes, { image_pixels: 50 })).toMatchObject({ type: "image/jpeg", height: 7 });
});

test("a PNG that moves is known by its own word, and goes on moving", async () => {
  const png = await draw("image/png");
  const control = Buffer.from("\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\0\0\0\0", "latin1");
  expect(await lookAtPicture("image/png", png)).toMatchObject({ isMoving: false });
  const moving = Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]);
  const look = { type: "image/png" as const, width: 60, height: 40, isMoving: true, isTurned: false };
  expect((await makePicture(look, moving, NO_LIMITS))?.content.includes("acTL")).toBe(true);
  expect(foreseePicture(look, moving, NO_LIMITS)).toEqual({ isShrunk: false, isStopped: true, isTooLarge: false });
});

test("a picture that is too large for its network is made smaller, upright and in its colours", async () => {
  const noise = { type: "gaussian" as const, mean: 128, sigma: 60 };
  const bytes = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#000000", noise } })
    .withIccProfile("p3")
    .withMetadata({ orientation: 6 })
    .png()
    .toBuffer();
  expect(bytes.length).toBeGreaterThan(500_000);
  const picture = await make("image/png", bytes, { image_bytes: 100_000 });
  if (!picture) throw new Error("There is no picture.");
  expect(picture.content.length).toBeLessThanOrEqual(100_000);
  expect(detectMediaType(picture.content)).toBe("image/jpeg");
  const { width, height, hasProfile, exif } = await sharp(picture.content).metadata();
  expect([width, height, hasProfile, exif]).toEqual([picture.width, picture.height, true, undefined]);
  expect(height / width).toBeCloseTo(1.5, 1);
});

test("what one can see through becomes white, not black, where it is made smaller", async () => {
  const bytes = await sharp({ create: { width: 300, height: 300, channels: 4, background: "#00000000" } })
    .png()
    .toBuffer();
  const picture = await make("image/png", bytes, { image_pixels: 10_000 });
  expect(picture).toMatchObject({ type: "image/jpeg", width: 100, height: 100 });
  expect([...(await decode(picture?.content ?? bytes)).subarray(0, 3)]).toEqual([255, 255, 255]);
});

test("what only begins like a picture, is cut off or has too many pixels is refused before it is decoded", async () => {
  const jpeg = await draw("image/jpeg", 6);
  await expect(make("image/jpeg", jpeg.subarray(0, 20))).rejects.toThrow();
  await expect(make("image/jpeg", jpeg.subarray(0, jpeg.length - 100))).rejects.toThrow();
  const huge = await draw("image/png");
  huge.writeUInt32BE(20_000, 16);
  huge.writeUInt32BE(20_000, 20);
  await expect(make("image/png", huge)).rejects.toThrow(/pixel limit/);
});
