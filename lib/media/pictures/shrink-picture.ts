import type { MediaType } from "#lib/media/detect-media-type";
import type { MediaLimits } from "#lib/media/media-limits";
import { loadSharp, READING } from "#lib/media/pictures/load-sharp";

/** A picture that may leave this installation. */
export type Picture = { type: MediaType; content: Buffer; width: number; height: number };

const LONGEST_SIDE = 4096;
const [FINE, USUAL] = [{ quality: 95 }, { quality: 85 }];
const ATTEMPTS = 12;

/**
 * A smaller JPEG of a picture that fits a network's limits, upright, in its colours, and white where one could see
 * through it. Undefined when nothing that is worth looking at would fit.
 */
export const shrinkPicture = async (
  bytes: Buffer,
  { image_bytes: mostBytes, image_pixels: mostPixels }: MediaLimits,
): Promise<Picture | undefined> => {
  const sharp = await loadSharp();
  const limit = mostBytes ?? Number.POSITIVE_INFINITY;
  let side = Math.min(LONGEST_SIDE, Math.floor(Math.sqrt(mostPixels ?? Number.POSITIVE_INFINITY)));
  // The large original is read once.
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
