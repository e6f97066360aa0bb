import type { Sharp } from "sharp";
import type { MediaType } from "#lib/media/detect-media-type";
import type { MediaLimits } from "#lib/media/media-error";
import { bareGif, bareJpeg, barePng, bareWebp } from "#lib/media/pictures/bare-picture";
import { loadSharp, type PictureLook, READING } from "#lib/media/pictures/with-picture";

const TO_BARE: Partial<Record<MediaType, (bytes: Buffer) => Buffer[] | undefined>> = {
  "image/jpeg": bareJpeg,
  "image/png": barePng,
  "image/webp": bareWebp,
  "image/gif": bareGif,
};

/**
 * Makes the version of an image that is published: without location and device metadata, upright, with its colours, within
 * a network's limits. Undefined for an image that must stay animated and is too large: shrinking would make it still.
 */
export const makePicture = async (
  look: PictureLook,
  bytes: Buffer,
  limits: MediaLimits,
): Promise<Picture | undefined> => {
  const { type, width, height } = look;
  const bare = toBarePicture(look, bytes);
  if (fitsLimits(look, bare ?? bytes, limits)) {
    const content = bare ?? (await drawAnew(type, bytes));
    if (fitsLimits(look, content, limits)) return { type, content, width, height };
  }
  return movesThere(look, limits) ? undefined : shrinkPicture(bytes, limits);
};

/** Predicts how an image will change for a network's limits, without rendering it. */
export const foreseePicture = (
  look: PictureLook,
  bytes: Buffer,
  limits: MediaLimits,
): { isShrunk: boolean; isStopped: boolean; isTooLarge: boolean } => {
  const isOver = !fitsLimits(look, toBarePicture(look, bytes) ?? bytes, limits);
  const moves = movesThere(look, limits);
  return { isShrunk: isOver && !moves, isStopped: look.isMoving && !moves, isTooLarge: isOver && moves };
};

// Strips metadata without decoding the image. Undefined when the image must be rendered again.
function toBarePicture({ type, isTurned }: PictureLook, bytes: Buffer): Buffer | undefined {
  const pieces = isTurned ? undefined : TO_BARE[type]?.(bytes);
  return pieces && Buffer.concat(pieces);
}

function fitsLimits({ width, height }: PictureLook, content: Buffer, limits: MediaLimits): boolean {
  const { image_bytes: most, image_pixels: mostPixels } = limits;
  return (most === null || content.length <= most) && (mostPixels === null || width * height <= mostPixels);
}

function movesThere({ isMoving, type }: PictureLook, { moving_types: types }: MediaLimits): boolean {
  return isMoving && types.includes(type);
}

async function drawAnew(type: MediaType, bytes: Buffer): Promise<Buffer> {
  const sharp = await loadSharp();
  const isOftenMoving = type === "image/gif" || type === "image/webp";
  const upright = sharp(bytes, { ...READING, animated: isOftenMoving })
    .autoOrient()
    .keepIccProfile();
  return toFormat(upright, type).toBuffer();
}

function toFormat(picture: Sharp, type: MediaType): Sharp {
  if (type === "image/png") return picture.png();
  if (type === "image/webp") return picture.webp({ quality: 92 });
  if (type === "image/gif") return picture.gif();
  return picture.jpeg({ quality: 92 });
}

/** An image that is ready to be sent to a network. */
type Picture = { type: MediaType; content: Buffer; width: number; height: number };

const LONGEST_SIDE = 4096;
const [FINE, USUAL] = [{ quality: 95 }, { quality: 85 }];
const ATTEMPTS = 12;

/**
 * Makes a smaller JPEG that fits a network's limits: upright, with its colours, on white where it was transparent.
 * Undefined when no size worth looking at would fit.
 */
const shrinkPicture = async (
  bytes: Buffer,
  { image_bytes: mostBytes, image_pixels: mostPixels }: MediaLimits,
): Promise<Picture | undefined> => {
  const sharp = await loadSharp();
  const limit = mostBytes ?? Number.POSITIVE_INFINITY;
  let side = Math.min(LONGEST_SIDE, Math.floor(Math.sqrt(mostPixels ?? Number.POSITIVE_INFINITY)));
  // The large original is decoded only once.
  const first = await sharp(bytes, READING)
    .autoOrient()
    .flatten({ background: "#ffffff" })
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    .keepIccProfile()
    .jpeg(FINE)
    .toBuffer({ resolveWithObject: true });
  side = Math.max(first.info.width, first.info.height);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { data, info } = await sharp(first.data)
      .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
      .keepIccProfile()
      .jpeg(USUAL)
      .toBuffer({ resolveWithObject: true });
    if (data.length <= limit) return { type: "image/jpeg", content: data, width: info.width, height: info.height };
    side = Math.floor(side * Math.min(0.9, Math.max(0.5, 0.95 * Math.sqrt(limit / data.length))));
    if (side < 1) break;
  }
  return undefined;
};
