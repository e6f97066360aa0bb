import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm, stat, writeFile } from "node:fs/promises";
import { fetchOnce } from "#lib/media/fetch-once";
import type { MediumOfPost } from "#lib/media/kept-files";
import { MediaError } from "#lib/media/media-error";
import type { MediaLimits } from "#lib/media/media-limits";
import type { OpenedMedium } from "#lib/media/opened-medium";
import { makePicture } from "#lib/media/pictures/make-picture";
import { type PictureFile, withPicture } from "#lib/media/pictures/with-picture";
import { readKeptType } from "#lib/media/read-kept-type";
import { clearVideo } from "#lib/media/videos/clear-video";
import { readVideoSize } from "#lib/media/videos/read-video-size";
import { say } from "#lib/problems/problem";

const TIMEOUT_MILLISECONDS = 300_000;

/**
 * Opens a medium as it may be published, without where and by what it was taken, and within a network's limits: what was
 * kept when its post was accepted, else what its address has now. Throws `MediaError`. Whoever opened it closes it.
 */
export const openMedium = async (
  medium: MediumOfPost,
  limits: MediaLimits,
): Promise<OpenedMedium & { close(): Promise<void> }> => {
  const { url } = medium;
  const file = await fetchOnce(medium, { timeoutMilliseconds: TIMEOUT_MILLISECONDS });
  if (file === undefined)
    throw new MediaError("MediaDownloadFailed", url, say("medium_unkept", { url }), { mayCome: true });
  const type = await readKeptType(file, url);
  return type.startsWith("video/") ? openVideo({ file, type, url }) : openPicture({ file, type, url }, limits);
};

async function openVideo(film: PictureFile) {
  await clearVideo(film);
  const { size: bytes } = await stat(film.file);
  const size = await readVideoSize(film.file);
  return { type: film.type, bytes, size, body: read(film.file), close: async () => {} };
}

async function openPicture(given: PictureFile, limits: MediaLimits) {
  const picture = await withPicture(given, (look, bytes) => makePicture(look, bytes, limits));
  if (!picture) throw new MediaError("MediaTooLarge", given.url, say("medium_large_network", { url: given.url }));
  const { type, content, width, height } = picture;
  const file = `${given.file}.${randomUUID()}`;
  await writeFile(file, content, { flag: "wx", mode: 0o600 });
  const close = () => rm(file, { force: true });
  return { type, bytes: content.length, size: { width, height }, body: read(file), close };
}

async function* read(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file);
}
