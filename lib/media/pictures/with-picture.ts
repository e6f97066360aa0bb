import { readFile } from "node:fs/promises";
import type { Metadata } from "sharp";
import type { MediaType } from "#lib/media/detect-media-type";
import { MediaError } from "#lib/media/media-error";
import { isMovingPng } from "#lib/media/pictures/bare-picture";
import { say } from "#lib/problems/problem";

/** How many pixels a picture may have: more than any telephone's common pictures, less than what exhausts a small machine. */
const MAX_PIXELS = 150_000_000;

/** How sharp reads a picture: no further than this, and one that is cut off not at all. */
export const READING = { limitInputPixels: MAX_PIXELS, failOn: "error", sequentialRead: true } as const;

/** Loads the library for pictures when the first one comes. It keeps nothing and takes one thread at a time. */
export const loadSharp = async () => {
  const { default: sharp } = await import("sharp");
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
};

type Turns = { free: number; waiting: { share: number; begin: () => void }[] };

/** How much work on pictures there is at once. */
const ALL_TURNS = 2;

// Next compiles its own copy of this module; the process has one memory.
const shared = globalThis as { boringPictureTurns?: Turns };

/**
 * Does work that needs much memory when its turn has come: two at once, or one that takes both turns, in the order in
 * which they asked.
 */
export const inTurn = async <Result>(share: number, work: () => Promise<Result>): Promise<Result> => {
  shared.boringPictureTurns ??= { free: ALL_TURNS, waiting: [] };
  const turns = shared.boringPictureTurns;
  await new Promise<void>((begin) => {
    turns.waiting.push({ share, begin });
    giveTurns(turns);
  });
  try {
    return await work();
  } finally {
    turns.free += share;
    giveTurns(turns);
  }
};

function giveTurns(turns: Turns): void {
  for (let next = turns.waiting[0]; next && next.share <= turns.free; next = turns.waiting[0]) {
    turns.waiting.shift();
    turns.free -= next.share;
    next.begin();
  }
}

const LARGE_PIXELS = 40_000_000;

/** A picture in a file, and the address that it came from. */
export type PictureFile = { file: string; type: MediaType; url: string };

/**
 * Lets `work` do something with a picture when its turn has come: of pictures that need much memory there is one at a
 * time. Throws `MediaError` when it is no picture.
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
