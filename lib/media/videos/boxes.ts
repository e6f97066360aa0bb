import type { FileHandle } from "node:fs/promises";

/**
 * A box of an MP4 or QuickTime file. `start` is where it begins, `content` where its content begins, `end` where it ends.
 */
export type Box = { type: string; start: number; content: number; end: number };

/** The file does not follow its format, so its contents cannot be determined. */
export class UnreadableVideoError extends Error {
  override name = "UnreadableVideoError";
}

// A fragmented video of several hours has about ten thousand.
const MAX_BOXES = 100_000;
const ZEROS = Buffer.alloc(65_536);
const SAFE_TYPE = "free";

/** Lists the consecutive boxes between two offsets. Throws `UnreadableVideoError`. */
export const listBoxes = async (file: FileHandle, from: number, to: number): Promise<Box[]> => {
  const boxes: Box[] = [];
  for (let start = from; start + 8 <= to; ) {
    const head = await readBytes(file, start, Math.min(16, to - start));
    const length = toLength(head, to - start);
    const content = start + (head.readUInt32BE() === 1 ? 16 : 8);
    if (start + length < content || start + length > to || boxes.length === MAX_BOXES) {
      throw new UnreadableVideoError(`A box at ${start} does not end where it may.`);
    }
    boxes.push({ type: head.toString("latin1", 4, 8), start, content, end: start + length });
    start += length;
  }
  return boxes;
};

/** Replaces a box with a `free` box of the same size, filled with zeros. */
export const blankBox = async (file: FileHandle, { start, content, end }: Box): Promise<void> => {
  await file.write(SAFE_TYPE, start + 4, "latin1");
  await blankBytes(file, content, end);
};

/** Overwrites the bytes between two offsets with zeros. */
export const blankBytes = async (file: FileHandle, from: number, to: number): Promise<void> => {
  for (let at = from; at < to; at += ZEROS.length) await file.write(ZEROS, 0, Math.min(ZEROS.length, to - at), at);
};

/** Reads the bytes at an offset. Throws `UnreadableVideoError` when the file ends before. */
export const readBytes = async (file: FileHandle, at: number, length: number): Promise<Buffer> => {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, at);
  if (bytesRead < length) throw new UnreadableVideoError(`The file ends before ${at + length}.`);
  return buffer;
};

// A length of 1 means that eight bytes of length follow the type. A length of 0 means the rest of the parent.
function toLength(head: Buffer, rest: number): number {
  const length = head.readUInt32BE();
  if (length === 1) return head.length < 16 ? 0 : Number(head.readBigUInt64BE(8));
  return length === 0 ? rest : length;
}
