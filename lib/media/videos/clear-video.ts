import { open } from "node:fs/promises";
import type { MediaType } from "#lib/media/detect-media-type";
import { MediaError } from "#lib/media/media-error";
import { blankMp4 } from "#lib/media/videos/blank-mp4";
import { blankWebm } from "#lib/media/videos/blank-webm";
import { UnreadableVideoError } from "#lib/media/videos/boxes";
import { say } from "#lib/problems/problem";

/** Removes location and device metadata from a video file. Throws `MediaError` when the metadata cannot be located. */
export const clearVideo = async (film: { file: string; type: MediaType; url: string }): Promise<void> => {
  const file = await open(film.file, "r+");
  try {
    await (film.type === "video/webm" ? blankWebm(file) : blankMp4(file));
  } catch (cause) {
    if (!(cause instanceof UnreadableVideoError || cause instanceof RangeError)) throw cause;
    throw new MediaError("InvalidMediaType", film.url, say("medium_no_video", { url: film.url }), { cause });
  } finally {
    await file.close();
  }
};

/** The width and height of a video as displayed, after its rotation. Undefined when it cannot be determined. */
export const readVideoSize = async (path: string): Promise<{ width: number; height: number } | undefined> => {
  const { FilePathSource, Input, MP4, QTFF, WEBM } = await import("mediabunny");
  const input = new Input({ formats: [MP4, QTFF, WEBM], source: new FilePathSource(path) });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) return undefined;
    const [width, height] = [Math.round(await track.getDisplayWidth()), Math.round(await track.getDisplayHeight())];
    return width > 0 && height > 0 ? { width, height } : undefined;
  } catch {
    return undefined;
  } finally {
    input.dispose();
  }
};
