import { stat } from "node:fs/promises";
import { log, toLogFields } from "#lib/log";
import { countFetches, fetchOnce } from "#lib/media/fetch-once";
import { type MediumOfPost, mayKeepMore, readKeptType } from "#lib/media/kept-files";
import { MediaError, type MediaLimits } from "#lib/media/media-error";
import type { Download } from "#lib/media/open-download";
import { foreseePicture } from "#lib/media/pictures/make-picture";
import { type PictureFile, withPicture } from "#lib/media/pictures/with-picture";
import { clearVideo } from "#lib/media/videos/clear-video";
import { type Problem, say } from "#lib/problems/problem";

/** The media limits of a network. */
export type Taken = MediaLimits & { media_types: readonly string[]; video: boolean; video_bytes: number | null };

/** What is known of a medium when its post is accepted. A medium that did not arrive in time may have no type yet. */
export type CheckedMedium = { url: string; type: string | undefined; warnings: Problem[] };

/** How the media of a request are checked. */
export type Look = {
  taken: Taken;
  /** The network's display name. */
  label: string;
  /** Resolves when the caller stops waiting. */
  late: Promise<"late">;
  seconds: number;
  /** Whether this many more bytes are kept for the post. Call it once for each medium. */
  mayKeep(bytes: number): boolean;
};

// A nearly complete download may finish after the caller was answered. The cap bounds downloads that nobody waits for.
const MORE_SECONDS = 30;
const FETCHES_AT_ONCE = 64;

/**
 * Fetches a medium and keeps it for its post. Throws `MediaError` if the network would not accept it. Warns if it will be
 * published in another form, or if it was not kept and must be at its address again later.
 */
export const checkMedium = async (medium: MediumOfPost, look: Look): Promise<CheckedMedium> => {
  const { url } = medium;
  const checked: CheckedMedium = { url, type: undefined, warnings: [] };
  const result =
    countFetches() < FETCHES_AT_ONCE ? await Promise.race([check(medium, look, checked), look.late]) : "late";
  if (result === "late") return { ...checked, warnings: [say("medium_late", { url, seconds: look.seconds })] };
  if (result === "unkept") return { ...checked, warnings: [say("medium_fetched_later", { url })] };
  return { ...checked, warnings: result };
};

async function check(medium: MediumOfPost, look: Look, checked: CheckedMedium): Promise<Problem[] | "unkept"> {
  const { url } = medium;
  const wants = async (download: Download) => {
    checked.type = download.type;
    requireTaken(url, download, look.taken);
    return look.mayKeep(download.bytes ?? 0) && mayKeepMore(download.bytes ?? 0);
  };
  const timeoutMilliseconds = (look.seconds + MORE_SECONDS) * 1000;
  const file = await fetchOnce(medium, { timeoutMilliseconds, wants }).catch(toUnkept);
  if (file === undefined) return "unkept";
  const type = await readKeptType(file, url);
  checked.type = type;
  // The server may not have sent a length, so the size is checked again.
  requireTaken(url, { type, bytes: (await stat(file)).size }, look.taken);
  if (!type.startsWith("video/")) return foresee({ file, type, url }, look);
  await clearVideo({ file, type, url });
  return [];
}

// A full or broken disk is not the medium's fault.
function toUnkept(error: unknown): undefined {
  if (error instanceof MediaError) throw error;
  log("warn", "A media file could not be stored", toLogFields(error));
}

async function foresee(picture: PictureFile, { taken, label }: Look): Promise<Problem[]> {
  const { url } = picture;
  const foreseen = await withPicture(picture, (look, bytes) => foreseePicture(look, bytes, taken));
  if (foreseen.isTooLarge)
    throw new MediaError("MediaTooLarge", url, say("medium_large_moving", { url, network: label }));
  return [
    ...(foreseen.isShrunk ? [say("medium_shrunk", { url, network: label })] : []),
    ...(foreseen.isStopped ? [say("medium_stopped", { url, network: label })] : []),
  ];
}

function requireTaken(url: string, { type, bytes = 0 }: Pick<Download, "type" | "bytes">, taken: Taken): void {
  const isVideo = type.startsWith("video/");
  if (!taken.media_types.includes(type) || (isVideo && !taken.video)) {
    const accepted = taken.media_types.join(", ");
    throw new MediaError("InvalidMediaType", url, say("medium_type_network", { url, type, accepted }));
  }
  if (!isVideo || taken.video_bytes === null || bytes <= taken.video_bytes) return;
  throw new MediaError("MediaTooLarge", url, say("medium_bytes_network", { url, bytes, most: taken.video_bytes }));
}
