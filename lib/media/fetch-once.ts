import { randomUUID } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { hasRoom, type MediumOfPost, noteKept, toMediumFile } from "#lib/media/kept-files";
import { MediaError } from "#lib/media/media-error";
import { type Download, openDownload } from "#lib/media/open-download";
import { say } from "#lib/problems/problem";

// Free disk space is checked again after this many bytes.
const ROOM_BYTES = 32 * 1_048_576;

/** How to fetch a medium that is not on disk yet. */
type FetchOptions = {
  timeoutMilliseconds: number;
  /** Decides whether a download that has just begun is kept. May throw `MediaError`. */
  wants?: (download: Download) => Promise<boolean>;
};

/** The downloads under way, by their files. */
const fetches = new Map<string, Promise<boolean>>();

/** How many media this process is downloading. */
export const countFetches = (): number => fetches.size;

/**
 * Makes sure that a medium's file exists: kept earlier, downloaded by a concurrent call, or downloaded now. Returns its
 * path, or undefined if `wants` declined it. Throws `MediaError`.
 */
export const fetchOnce = async (medium: MediumOfPost, options: FetchOptions): Promise<string | undefined> => {
  const file = await toMediumFile(medium);
  if (await isThere(file)) return file;
  const underWay = fetches.get(file);
  // A concurrent download with a shorter timeout may fail where this call succeeds.
  if (underWay && (await underWay.catch(() => false))) return file;
  const fetching = fetchTo(file, medium.url, options);
  fetches.set(file, fetching);
  try {
    return (await fetching) ? file : undefined;
  } finally {
    if (fetches.get(file) === fetching) fetches.delete(file);
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
