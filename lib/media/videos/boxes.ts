import type { FileHandle } from "node:fs/promises";

/** A box of an MP4 or QuickTime file: where it begins, where what it holds begins, and where it ends. */
export type Box = { type: string; start: number; content: number; end: number };

/** The file is not built as its kind is, so that nobody can say what is in it. */
export class UnreadableVideoError extends Error {
  override name = "UnreadableVideoError";
}

// A film of some hours in pieces of a second has some ten thousand.
const MAX_BOXES = 100_000;
const ZEROS = Buffer.alloc(65_536);
const SAFE_TYPE = "free";

/** The boxes that stand one after another between two places. Throws `UnreadableVideoError`. */
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

/** Makes a box mean nothing and hold nothing, at its size. */
export const blankBox = async (file: FileHandle, { start, content, end }: Box): Promise<void> => {
  await file.write(SAFE_TYPE, start + 4, "latin1");
  await blankBytes(file, content, end);
};

/** Overwrites what stands between two places with zeros. */
export const blankBytes = async (file: FileHandle, from: number, to: number): Promise<void> => {
  for (let at = from; at < to; at += ZEROS.length) await file.write(ZEROS, 0, Math.min(ZEROS.length, to - at), at);
};

/** The bytes at a place. Throws `UnreadableVideoError` when the file ends before. */
export const readBytes = async (file: FileHandle, at: number, length: number): Promise<Buffer> => {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, at);
  if (bytesRead < length) throw new UnreadableVideoError(`The file ends before ${at + length}.`);
  return buffer;
};

// A length of 1 stands for one of eight bytes behind the type, 0 for the rest of what it is in.
function toLength(head: Buffer, rest: number): number {
  const length = head.readUInt32BE();
  if (length === 1) return head.length < 16 ? 0 : Number(head.readBigUInt64BE(8));
  return length === 0 ? rest : length;
}
