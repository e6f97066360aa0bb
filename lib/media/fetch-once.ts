import { randomUUID } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { hasRoom, type MediumOfPost, noteKept, toMediumFile } from "#lib/media/kept-files";
import { MediaError } from "#lib/media/media-error";
import { type Download, openDownload } from "#lib/media/open-download";
import { say } from "#lib/problems/problem";

// The disk is asked again after so many bytes.
const ROOM_BYTES = 32 * 1_048_576;

/** How a medium is fetched that is not there yet. */
type FetchOptions = {
  timeoutMilliseconds: number;
  /** Says of what is on the way whether it is kept. May throw `MediaError`. */
  wants?: (download: Download) => Promise<boolean>;
};

// Next compiles its own copy of this module; what is under way is so in the whole process.
const shared = globalThis as { boringFetches?: Map<string, Promise<boolean>> };

/** How many media are being fetched in this process. */
export const countFetches = (): number => fetches().size;

/**
 * Sees to it that the file of a medium is there: from earlier, from a call that is under way, or fetched now. Returns
 * the file, or undefined when it is not wanted. Throws `MediaError`.
 */
export const fetchOnce = async (medium: MediumOfPost, options: FetchOptions): Promise<string | undefined> => {
  const file = await toMediumFile(medium);
  if (await isThere(file)) return file;
  const underWay = fetches().get(file);
  // What was begun with less patience may fail where this call does not.
  if (underWay && (await underWay.catch(() => false))) return file;
  const fetching = fetchTo(file, medium.url, options);
  fetches().set(file, fetching);
  try {
    return (await fetching) ? file : undefined;
  } finally {
    if (fetches().get(file) === fetching) fetches().delete(file);
  }
};

async function fetchTo(file: string, url: string, { timeoutMilliseconds, wants }: FetchOptions): Promise<boolean> {
  const download = await openDownload(url, timeoutMilliseconds);
  try {
    if (wants && !(await wants(download))) return false;
    await save(download, file, url);
    return true;
  } finally {
    download.close();
  }
}

async function save({ bytes, body }: Download, file: string, url: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await requireRoom(bytes ?? ROOM_BYTES, url);
  const handle = await open(draft, "wx", 0o600);
  try {
    let asked = 0;
    let written = 0;
    for await (const chunk of body) {
      written += chunk.length;
      if (written - asked > ROOM_BYTES) {
        await requireRoom(ROOM_BYTES, url);
        asked = written;
      }
      await handle.writeFile(chunk);
    }
    await handle.close();
    await rename(draft, file);
    noteKept(written);
  } catch (error) {
    await handle.close();
    await rm(draft, { force: true });
    throw error;
  }
}

async function requireRoom(bytes: number, url: string): Promise<void> {
  if (await hasRoom(bytes)) return;
  throw new MediaError("MediaDownloadFailed", url, say("medium_disk_full", { url }), { mayCome: true });
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function fetches(): Map<string, Promise<boolean>> {
  shared.boringFetches ??= new Map();
  return shared.boringFetches;
}
