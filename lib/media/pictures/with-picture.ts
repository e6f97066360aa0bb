import { readFile } from "node:fs/promises";
import type { MediaType } from "#lib/media/detect-media-type";
import { MediaError } from "#lib/media/media-error";
import { ALL_TURNS, inTurn } from "#lib/media/pictures/in-turn";
import { MAX_PIXELS } from "#lib/media/pictures/load-sharp";
import { lookAtPicture, type PictureLook } from "#lib/media/pictures/look-at-picture";
import { say } from "#lib/problems/problem";

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
