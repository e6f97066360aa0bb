import { log, toLogFields } from "#lib/log";
import { countFetches, fetchOnce } from "#lib/media/fetch-once";
import { type MediumOfPost, mayKeepMore } from "#lib/media/kept-files";
import { MediaError } from "#lib/media/media-error";
import type { MediaLimits } from "#lib/media/media-limits";
import type { Download } from "#lib/media/open-download";
import { foreseePicture } from "#lib/media/pictures/make-picture";
import { type PictureFile, withPicture } from "#lib/media/pictures/with-picture";
import { readKeptType } from "#lib/media/read-kept-type";
import { clearVideo } from "#lib/media/videos/clear-video";

/** What a network takes, as far as media go. */
export type Taken = MediaLimits & { media_types: readonly string[]; video: boolean; video_bytes: number | null };

/** What is known of a medium when its post is accepted; of one that did not come in time, less or nothing. */
export type CheckedMedium = { url: string; type: string | undefined; warnings: string[] };

/** How media of a request are looked at. */
export type Look = {
  taken: Taken;
  /** How the network calls itself. */
  label: string;
  /** Resolves when nobody waits any longer. */
  late: Promise<"late">;
  seconds: number;
  /** Whether so many bytes more are kept for the post; asked once a medium. */
  mayKeep(bytes: number): boolean;
};

// Whoever has been answered gets what is nearly there; beyond so many at once nothing is begun that nobody may wait for.
const MORE_SECONDS = 30;
const FETCHES_AT_ONCE = 64;

/**
 * Fetches a medium to keep it for its post, and throws `MediaError` for what its network would not take. Warns of what is
 * not published as it is, and of what has to be at its address again because it was not kept.
 */
export const checkMedium = async (medium: MediumOfPost, look: Look): Promise<CheckedMedium> => {
  const { url } = medium;
  const checked: CheckedMedium = { url, type: undefined, warnings: [] };
  const result =
    countFetches() < FETCHES_AT_ONCE ? await Promise.race([check(medium, look, checked), look.late]) : "late";
  const when = "It is fetched and checked when the post is published, so it has to be there then.";
  if (result === "late")
    return { ...checked, warnings: [`${url} had not come whole after ${look.seconds} s. ${when}`] };
  if (result === "unkept") return { ...checked, warnings: [`${url} could not be kept here. ${when}`] };
  return { ...checked, warnings: result };
};

async function check(medium: MediumOfPost, look: Look, checked: CheckedMedium): Promise<string[] | "unkept"> {
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
  if (!type.startsWith("video/")) return foresee({ file, type, url }, look);
  await clearVideo({ file, type, url });
  return [];
}

// A disk that takes nothing is no fault of the medium.
function toUnkept(error: unknown): undefined {
  if (error instanceof MediaError) throw error;
  log("warn", "A medium could not be kept", toLogFields(error));
}

async function foresee(picture: PictureFile, { taken, label }: Look): Promise<string[]> {
  const { url } = picture;
  const foreseen = await withPicture(picture, (look, bytes) => foreseePicture(look, bytes, taken));
  if (foreseen.isTooLarge) throw new MediaError("MediaTooLarge", url, `moves and is larger than ${label} takes`);
  return [
    ...(foreseen.isShrunk ? [`${url} is larger than ${label} takes. A smaller version of it is published.`] : []),
    ...(foreseen.isStopped ? [`${url} moves, and ${label} shows it standing still.`] : []),
  ];
}

function requireTaken(url: string, { type, bytes = 0 }: Download, taken: Taken): void {
  const isVideo = type.startsWith("video/");
  if (!taken.media_types.includes(type) || (isVideo && !taken.video)) {
    const accepted = taken.media_types.join(", ");
    throw new MediaError("InvalidMediaType", url, `is ${type}, which the network does not take: ${accepted}`);
  }
  if (!isVideo || taken.video_bytes === null || bytes <= taken.video_bytes) return;
  throw new MediaError("MediaTooLarge", url, `has ${bytes} bytes; the network takes ${taken.video_bytes}`);
}
