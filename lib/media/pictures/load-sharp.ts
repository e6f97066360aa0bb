/** How many pixels a picture may have: more than any telephone's common pictures, less than what exhausts a small machine. */
export const MAX_PIXELS = 150_000_000;

/** How sharp reads a picture: no further than this, and one that is cut off not at all. */
export const READING = { limitInputPixels: MAX_PIXELS, failOn: "error", sequentialRead: true } as const;

/** Loads the library for pictures when the first one comes. It keeps nothing and takes one thread at a time. */
export const loadSharp = async () => {
  const { default: sharp } = await import("sharp");
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
};
