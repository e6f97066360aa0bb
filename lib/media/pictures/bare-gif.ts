const HEADER_BYTES = 13;
const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b];
const [TIMING, APPLICATION] = [0xf9, 0xff];
// How often it is shown, and its colours.
const APPLICATIONS = ["NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"];

/** The blocks of a GIF that say what it looks like, and nothing else. Undefined when it cannot be read so. */
export const bareGif = (bytes: Buffer): Buffer[] | undefined => {
  const start = HEADER_BYTES + toTableBytes(bytes[10]);
  const kept = [bytes.subarray(0, start)];
  for (let at = start; at < bytes.length; ) {
    const kind = bytes[at];
    if (kind === TRAILER) return [...kept, bytes.subarray(at, at + 1)];
    if (kind !== EXTENSION && kind !== IMAGE) return undefined;
    // An image has its place, its own colours and one byte before its data, an extension its label.
    const data = kind === IMAGE ? at + 11 + toTableBytes(bytes[at + 9]) : at + 2;
    const next = skipBlocks(bytes, data);
    if (kind === IMAGE || isKept(bytes, at)) kept.push(bytes.subarray(at, next));
    at = next;
  }
  return undefined;
};

function isKept(bytes: Buffer, at: number): boolean {
  if (bytes[at + 1] === TIMING) return true;
  return bytes[at + 1] === APPLICATION && APPLICATIONS.includes(bytes.toString("latin1", at + 3, at + 14));
}

function toTableBytes(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0;
}

function skipBlocks(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== 0) at += (bytes[at] ?? 0) + 1;
  return at + 1;
}
