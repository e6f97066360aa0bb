import type { FileHandle } from "node:fs/promises";
import { blankBytes, readBytes, UnreadableVideoError } from "#lib/media/videos/boxes";

const [SEGMENT, TAGS, ATTACHMENTS, VOID] = ["18538067", "1254c367", "1941a469", "ec"];
const MAX_ELEMENTS = 200_000;
const LENGTH_BYTES = 8;

/**
 * Blanks the tags and attachments of a WebM file, which may hold location and device metadata. Everything else keeps its
 * offset. Throws `UnreadableVideoError` when they cannot be located.
 */
export const blankWebm = async (file: FileHandle): Promise<void> => {
  const { size } = await file.stat();
  let elements = 0;
  for (let at = 0; at < size; ) {
    if (++elements > MAX_ELEMENTS) throw new UnreadableVideoError("The film has too many elements.");
    const { name, content, end } = await readElement(file, at, size);
    if (name === TAGS || name === ATTACHMENTS) await blankElement(file, at, end);
    // A live recording has elements of unknown length. Their children are read as if they were siblings.
    at = name === SEGMENT || end === undefined ? content : end;
  }
};

type Element = { name: string; content: number; end: number | undefined };

async function readElement(file: FileHandle, start: number, size: number): Promise<Element> {
  const head = await readBytes(file, start, Math.min(12, size - start));
  const nameBytes = toWidth(head[0], 4);
  const lengthBytes = toWidth(head[nameBytes], 8);
  const [first = 0, ...rest] = head.subarray(nameBytes, nameBytes + lengthBytes);
  const content = start + nameBytes + lengthBytes;
  const name = head.toString("hex", 0, nameBytes);
  const isOpen = [first - 2 ** (8 - lengthBytes) + 1, ...rest].every(
    (byte, index) => byte === (index === 0 ? 2 ** (8 - lengthBytes) : 255),
  );
  if (isOpen) return { name, content, end: undefined };
  const length = rest.reduce((sum, byte) => sum * 256 + byte, first - 2 ** (8 - lengthBytes));
  if (content + length > size) throw new UnreadableVideoError(`An element at ${start} does not end where it may.`);
  return { name, content, end: content + length };
}

// The number of leading zero bits gives the length in bytes.
function toWidth(first: number | undefined, most: number): number {
  const width = Math.clz32(first ?? 0) - 23;
  if (width < 1 || width > most) throw new UnreadableVideoError("An element has no name or no length.");
  return width;
}

// Writes a Void element: its name, an eight-byte length, and zeros.
async function blankElement(file: FileHandle, start: number, end: number | undefined): Promise<void> {
  if (end === undefined) throw new UnreadableVideoError("What would be blanked has no end.");
  const head = Buffer.alloc(1 + LENGTH_BYTES);
  head.write(VOID, "hex");
  if (end - start < head.length) return;
  head.writeBigUInt64BE(BigInt(end - start - head.length), 1);
  head[1] = 1;
  await file.write(head, 0, head.length, start);
  await blankBytes(file, start + head.length, end);
}
