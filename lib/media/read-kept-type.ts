import { open } from "node:fs/promises";
import { detectMediaType, type MediaType, TELLING_BYTES } from "#lib/media/detect-media-type";
import { MediaError } from "#lib/media/media-error";
import { say } from "#lib/problems/problem";

/** What a file of ours is. Throws `MediaError` when somebody has changed it. */
export const readKeptType = async (file: string, url: string): Promise<MediaType> => {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(TELLING_BYTES), 0, TELLING_BYTES, 0);
    const type = detectMediaType(buffer.subarray(0, bytesRead));
    if (type) return type;
    throw new MediaError("InvalidMediaType", url, say("medium_no_media", { url }));
  } finally {
    await handle.close();
  }
};
