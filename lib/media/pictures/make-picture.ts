import type { Sharp } from "sharp";
import type { MediaType } from "#lib/media/detect-media-type";
import type { MediaLimits } from "#lib/media/media-limits";
import { bareGif } from "#lib/media/pictures/bare-gif";
import { bareJpeg } from "#lib/media/pictures/bare-jpeg";
import { barePng } from "#lib/media/pictures/bare-png";
import { bareWebp } from "#lib/media/pictures/bare-webp";
import { loadSharp, READING } from "#lib/media/pictures/load-sharp";
import type { PictureLook } from "#lib/media/pictures/look-at-picture";
import { type Picture, shrinkPicture } from "#lib/media/pictures/shrink-picture";

const TO_BARE: Partial<Record<MediaType, (bytes: Buffer) => Buffer[] | undefined>> = {
  "image/jpeg": bareJpeg,
  "image/png": barePng,
  "image/webp": bareWebp,
  "image/gif": bareGif,
};

/**
 * Makes of a picture what may be published: without where and by what it was taken, upright, in its colours, and within
 * a network's limits. Undefined when it moves there and is too large, because it could not be made smaller without
 * standing still.
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

/** What becomes of a picture at a network whose limits it may pass; without drawing anything. */
export const foreseePicture = (
  look: PictureLook,
  bytes: Buffer,
  limits: MediaLimits,
): { isShrunk: boolean; isStopped: boolean; isTooLarge: boolean } => {
  const isOver = !fitsLimits(look, toBarePicture(look, bytes) ?? bytes, limits);
  const moves = movesThere(look, limits);
  return { isShrunk: isOver && !moves, isStopped: look.isMoving && !moves, isTooLarge: isOver && moves };
};

// In the bytes that it came in; undefined when it has to be drawn anew.
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
