const HEADER_BYTES = 12;
const KEPT = ["VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP"];
// VP8X announces what else there is: here Exif and XMP.
const ANNOUNCED = 0x08 | 0x04;

/** The chunks of a WebP that say what it looks like, and nothing else. Undefined when it cannot be read so. */
export const bareWebp = (bytes: Buffer): Buffer[] | undefined => {
  const kept: Buffer[] = [];
  const end = bytes.readUInt32LE(4) + 8;
  if (end > bytes.length) return undefined;
  for (let at = HEADER_BYTES; at + 8 <= end; ) {
    const name = bytes.toString("latin1", at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const next = at + 8 + length + (length % 2);
    if (at + 8 + length > end) return undefined;
    if (KEPT.includes(name))
      kept.push(name === "VP8X" ? announceLess(bytes.subarray(at, next)) : bytes.subarray(at, next));
    at = next;
  }
  const header = Buffer.from(bytes.subarray(0, HEADER_BYTES));
  header.writeUInt32LE(
    kept.reduce((sum, chunk) => sum + chunk.length, 4),
    4,
  );
  return [header, ...kept];
};

function announceLess(chunk: Buffer): Buffer {
  const copy = Buffer.from(chunk);
  copy[8] = (copy[8] ?? 0) & ~ANNOUNCED;
  return copy;
}
