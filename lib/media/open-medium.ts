import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm, stat, writeFile } from "node:fs/promises";
import type { MediaType } from "#lib/media/detect-media-type";
import { fetchOnce } from "#lib/media/fetch-once";
import { type MediumOfPost, readKeptType } from "#lib/media/kept-files";
import { MediaError, type MediaLimits } from "#lib/media/media-error";
import { makePicture } from "#lib/media/pictures/make-picture";
import { type PictureFile, withPicture } from "#lib/media/pictures/with-picture";
import { clearVideo, readVideoSize } from "#lib/media/videos/clear-video";
import { say } from "#lib/problems/problem";

/** A medium that is ready to be sent to a network. */
export type OpenedMedium = {
  type: MediaType;
  /** The length in bytes, if known. */
  bytes: number | undefined;
  /** The width and height as displayed, if known. */
  size?: { width: number; height: number } | undefined;
  body: AsyncIterable<Uint8Array>;
};

const TIMEOUT_MILLISECONDS = 300_000;

/**
 * Opens a medium for publishing, without location and device metadata and within a network's limits. Uses the file kept
 * when the post was accepted, or else fetches the address now. Throws `MediaError`. The caller must close it.
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

/** Lets `use` open a post's media within a network's limits. Closes everything it opened when it ends, even if unread. */
export const withMedia = async <Result>(
  { postId, limits }: { postId: string; limits: MediaLimits },
  use: (open: (medium: { url: string }) => Promise<OpenedMedium>) => Promise<Result>,
): Promise<Result> => {
  const opened: { close(): Promise<void> }[] = [];
  try {
    return await use(async ({ url }) => {
      const one = await openMedium({ postId, url }, limits);
      opened.push(one);
      return one;
    });
  } finally {
    for (const { close } of opened) await close();
  }
};
