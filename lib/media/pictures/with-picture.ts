import { readFile } from "node:fs/promises";
import type { Metadata } from "sharp";
import type { MediaType } from "#lib/media/detect-media-type";
import { MediaError } from "#lib/media/media-error";
import { isMovingPng } from "#lib/media/pictures/bare-picture";
import { say } from "#lib/problems/problem";

/** The pixel limit: more than common phone photos have, and less than a small machine can handle. */
const MAX_PIXELS = 150_000_000;

/** How sharp reads an image: at most this many pixels, and never a truncated file. */
export const READING = { limitInputPixels: MAX_PIXELS, failOn: "error", sequentialRead: true } as const;

/** Loads sharp when the first image arrives. It runs with one thread and without a cache. */
export const loadSharp = async () => {
  const { default: sharp } = await import("sharp");
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
};

type Turns = { free: number; waiting: { share: number; begin: () => void }[] };

/** How many image jobs run at once. */
const ALL_TURNS = 2;

const turns: Turns = { free: ALL_TURNS, waiting: [] };

/** Runs memory-intensive work in its turn, in order of arrival: two jobs at once, or one that takes both slots. */
export const inTurn = async <Result>(share: number, work: () => Promise<Result>): Promise<Result> => {
  await new Promise<void>((begin) => {
    turns.waiting.push({ share, begin });
    giveTurns();
  });
  try {
    return await work();
  } finally {
    turns.free += share;
    giveTurns();
  }
};

function giveTurns(): void {
  for (let next = turns.waiting[0]; next && next.share <= turns.free; next = turns.waiting[0]) {
    turns.waiting.shift();
    turns.free -= next.share;
    next.begin();
  }
}

const LARGE_PIXELS = 40_000_000;

/** An image file and the address that it came from. */
export type PictureFile = { file: string; type: MediaType; url: string };

/**
 * Runs `work` on an image when it is its turn. A large image takes both slots, so it is processed alone. Throws
 * `MediaError` when the file is not an image.
 */
export const withPicture = async <Result>(
  { file, type, url }: PictureFile,
  work: (look: PictureLook, bytes: Buffer) => Promise<Result> | Result,
): Promise<Result> => {
  try {
    const look = await inTurn(1, async () => lookAtPicture(type, await readFile(file)));
    const share = look.width * look.height > LARGE_PIXELS ? ALL_TURNS : 1;
    return await inTurn(share, async () => work(look, await readFile(file)));
  } catch (cause) {
    if (cause instanceof MediaError || (cause as NodeJS.ErrnoException).code !== undefined) throw cause;
    if (/pixel limit/.test(String(cause))) {
      throw new MediaError("MediaTooLarge", url, say("medium_pixels", { url, most: MAX_PIXELS }), { cause });
    }
    throw new MediaError("InvalidMediaType", url, say("medium_no_picture", { url }), { cause });
  }
};

/** An image's properties. Width and height are as displayed. */
export type PictureLook = { type: MediaType; width: number; height: number; isMoving: boolean; isTurned: boolean };

/** Reads an image's properties from its header only. Throws when it is not an image or has too many pixels. */
export const lookAtPicture = async (type: MediaType, bytes: Buffer): Promise<PictureLook> => {
  const sharp = await loadSharp();
  const metadata = await sharp(bytes, READING).metadata();
  const isMoving = (metadata.pages ?? 1) > 1 || (type === "image/png" && isMovingPng(bytes));
  return { type, ...toSeenSize(metadata), isMoving, isTurned: (metadata.orientation ?? 1) !== 1 };
};

function toSeenSize({ width, height, autoOrient, pageHeight }: Metadata): { width: number; height: number } {
  return { width: autoOrient?.width ?? width, height: pageHeight ?? autoOrient?.height ?? height };
}
