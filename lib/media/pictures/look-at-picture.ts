import type { Metadata } from "sharp";
import type { MediaType } from "#lib/media/detect-media-type";
import { isMovingPng } from "#lib/media/pictures/bare-png";
import { loadSharp, READING } from "#lib/media/pictures/load-sharp";

/** A picture as it looks: as wide and high as it is seen. */
export type PictureLook = { type: MediaType; width: number; height: number; isMoving: boolean; isTurned: boolean };

/** What a picture looks like, by its head alone. Throws when it is no picture or has too many pixels. */
export const lookAtPicture = async (type: MediaType, bytes: Buffer): Promise<PictureLook> => {
  const sharp = await loadSharp();
  const metadata = await sharp(bytes, READING).metadata();
  const isMoving = (metadata.pages ?? 1) > 1 || (type === "image/png" && isMovingPng(bytes));
  return { type, ...toSeenSize(metadata), isMoving, isTurned: (metadata.orientation ?? 1) !== 1 };
};

function toSeenSize({ width, height, autoOrient, pageHeight }: Metadata): { width: number; height: number } {
  return { width: autoOrient?.width ?? width, height: pageHeight ?? autoOrient?.height ?? height };
}
