import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { mkdir, open, readdir, rm, stat, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { settings } from "#lib/env";
import { detectMediaType, type MediaType, TELLING_BYTES } from "#lib/media/detect-media-type";
import { MediaError } from "#lib/media/media-error";
import { say } from "#lib/problems/problem";

// The database may be on the same disk, so media must not fill it. Media that can wait must leave the most room.
const RESERVED_BYTES = 134_217_728;
const RESERVED_FROM_WAITING_BYTES = 1_073_741_824;
const KEPT_BYTES = 4 * 1_073_741_824;

/** A medium of a post: the post's id and the medium's address. */
export type MediumOfPost = { postId: string; url: string };

/** The folder, made when it is first needed, and how many bytes are kept in it. */
export const kept: { folder: Promise<string> | undefined; bytes: number } = { folder: undefined, bytes: 0 };

/** The folder for media: in the data directory, or a temporary folder if the data directory is read-only. */
const mediaFolder = (): Promise<string> => {
  kept.folder ??= makeFolder();
  return kept.folder;
};

/** The path of a medium's file, which need not exist yet. Creates the folder of its post. */
export const toMediumFile = async ({ postId, url }: MediumOfPost): Promise<string> => {
  const folder = path.join(await mediaFolder(), postId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return path.join(folder, createHash("sha256").update(url).digest("hex").slice(0, 32));
};

/** The posts that media are kept for, and when each folder last changed. Also counts all kept bytes again. */
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
  kept.bytes = bytes;
  return [...found.values()];
};

/** Adds to the count of kept bytes until the next full count. */
export const noteKept = (bytes: number): void => {
  kept.bytes += bytes;
};

/** Removes the kept media of a post. */
export const dropMedia = async (postId: string): Promise<void> => {
  await rm(path.join(await mediaFolder(), postId), { recursive: true, force: true });
};

/** Whether this many more bytes may be kept until a post is due, and not only while it is being published. */
export const mayKeepMore = async (bytes: number): Promise<boolean> =>
  kept.bytes + bytes <= KEPT_BYTES && hasRoom(bytes, RESERVED_FROM_WAITING_BYTES);

/** Whether the disk has room for this many more bytes and still keeps its reserve. */
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

/** The type of a kept file. Throws `MediaError` when the file was changed. */
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
