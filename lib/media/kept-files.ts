import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { mkdir, open, readdir, rm, stat, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { settings } from "#lib/env";
import { detectMediaType, type MediaType, TELLING_BYTES } from "#lib/media/detect-media-type";
import { MediaError } from "#lib/media/media-error";
import { say } from "#lib/problems/problem";

// The database may be on the same disk, and its last room is not for films: least of all for those that can wait.
const RESERVED_BYTES = 134_217_728;
const RESERVED_FROM_WAITING_BYTES = 1_073_741_824;
const KEPT_BYTES = 4 * 1_073_741_824;

/** A medium of a post: the post's id and the address that it names. */
export type MediumOfPost = { postId: string; url: string };

// Next compiles its own copy of this module; the process has one folder.
const shared = globalThis as { boringMediaFolder?: Promise<string>; boringMediaBytes?: number };

/** Where the media of posts are kept: in the data directory, or in a temporary folder where that is read-only. */
const mediaFolder = (): Promise<string> => {
  shared.boringMediaFolder ??= makeFolder();
  return shared.boringMediaFolder;
};

/** The file of a medium, whether it is there or not. The folder of its post is made. */
export const toMediumFile = async ({ postId, url }: MediumOfPost): Promise<string> => {
  const folder = path.join(await mediaFolder(), postId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return path.join(folder, createHash("sha256").update(url).digest("hex").slice(0, 32));
};

/** The posts that anything is kept for, and when that began or last changed. */
export const listKeptPosts = async (): Promise<{ postId: string; changedAt: Date }[]> => {
  const folder = await mediaFolder();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = new Map<string, { postId: string; changedAt: Date }>();
  let bytes = 0;
  for (const entry of entries) {
    const place = path.join(entry.parentPath, entry.name);
    const { size, mtime } = (await stat(place).catch(() => undefined)) ?? { size: 0, mtime: new Date() };
    if (entry.isFile()) bytes += size;
    if (entry.parentPath === folder) found.set(entry.name, { postId: entry.name, changedAt: mtime });
  }
  shared.boringMediaBytes = bytes;
  return [...found.values()];
};

/** Notes that so many bytes more are kept, until they are counted again. */
export const noteKept = (bytes: number): void => {
  shared.boringMediaBytes = (shared.boringMediaBytes ?? 0) + bytes;
};

/** Removes what is kept for a post. */
export const dropMedia = async (postId: string): Promise<void> => {
  await rm(path.join(await mediaFolder(), postId), { recursive: true, force: true });
};

/** Whether so many bytes more may be kept until a post is due, rather than only while it is published. */
export const mayKeepMore = async (bytes: number): Promise<boolean> =>
  (shared.boringMediaBytes ?? 0) + bytes <= KEPT_BYTES && hasRoom(bytes, RESERVED_FROM_WAITING_BYTES);

/** Whether the disk has room for so many bytes more, and some to spare. */
export const hasRoom = async (bytes: number, reserved = RESERVED_BYTES): Promise<boolean> => {
  const { bavail, bsize } = await statfs(await mediaFolder());
  return bavail * bsize - bytes > reserved;
};

async function makeFolder(): Promise<string> {
  const folder = path.join(settings().dataDir, "media");
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  } catch {
    return mkdtempSync(path.join(tmpdir(), "boring-console-media-"));
  }
}

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
