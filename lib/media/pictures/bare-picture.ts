const HEADER_BYTES = 13;
const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b];
const [TIMING, APPLICATION] = [0xf9, 0xff];
// Loop count and colour profile.
const APPLICATIONS = ["NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"];

/** The blocks of a GIF that affect how it looks, and no others. Undefined when the file cannot be parsed. */
export const bareGif = (bytes: Buffer): Buffer[] | undefined => {
  const start = HEADER_BYTES + toTableBytes(bytes[10]);
  const kept = [bytes.subarray(0, start)];
  for (let at = start; at < bytes.length; ) {
    const kind = bytes[at];
    if (kind === TRAILER) return [...kept, bytes.subarray(at, at + 1)];
    if (kind !== EXTENSION && kind !== IMAGE) return undefined;
    // An image has its position, its own colours and one byte before its data; an extension has its label.
    const data = kind === IMAGE ? at + 11 + toTableBytes(bytes[at + 9]) : at + 2;
    const next = skipBlocks(bytes, data);
    if (kind === IMAGE || isKeptExtension(bytes, at)) kept.push(bytes.subarray(at, next));
    at = next;
  }
  return undefined;
};

function isKeptExtension(bytes: Buffer, at: number): boolean {
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

const [START_OF_IMAGE, END_OF_IMAGE, START_OF_SCAN, RESTART, FILL] = [0xd8, 0xd9, 0xda, 0xd0, 0xff];
// How the image is coded (SOF, DHT, DAC, DQT, DNL, DRI), without the rare arithmetic and hierarchical modes.
const CODING = [
  0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xdb, 0xdc, 0xdd,
];
// What the colours mean.
const COLOURS: Record<number, string> = { 224: "JFIF\0", 226: "ICC_PROFILE\0", 238: "Adobe" };

/**
 * The segments of a JPEG that affect how it looks, and no others: no location, device, comment or preview, and nothing
 * after the end marker, where phones store a short video. Undefined when the file cannot be parsed.
 */
export const bareJpeg = (bytes: Buffer): Buffer[] | undefined => {
  const kept: Buffer[] = [];
  for (let at = 0; bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    const next = toNext(bytes, at, marker);
    if (next > bytes.length) return undefined;
    if (isKeptSegment(marker, bytes, at)) kept.push(bytes.subarray(at, next));
    if (marker === END_OF_IMAGE) return kept;
    at = next;
  }
  return undefined;
};

function toNext(bytes: Buffer, at: number, marker: number): number {
  if (marker === FILL) return at + 1;
  if (marker === START_OF_IMAGE || marker === END_OF_IMAGE) return at + 2;
  const end = at + 4 <= bytes.length ? at + 2 + Math.max(2, bytes.readUInt16BE(at + 2)) : Number.POSITIVE_INFINITY;
  return marker === START_OF_SCAN && end <= bytes.length ? toScanEnd(bytes, end) : end;
}

function isKeptSegment(marker: number, bytes: Buffer, at: number): boolean {
  if ([START_OF_IMAGE, END_OF_IMAGE, START_OF_SCAN].includes(marker) || CODING.includes(marker)) return true;
  const name = COLOURS[marker];
  return name !== undefined && bytes.toString("latin1", at + 4, at + 4 + name.length) === name;
}

// Inside a scan, 0xFF is either escaped or a restart marker, from which decoding may resume.
function toScanEnd(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== FILL && (next & 0xf8) !== RESTART) return at;
  }
  return bytes.length;
}

const SIGNATURE_BYTES = 8;
// The chunks that define the image, its colours and its animation.
const KEPT = /^(IHDR|PLTE|IDAT|IEND|tRNS|gAMA|cHRM|sRGB|iCCP|cICP|mDCV|mDCv|cLLI|cLLi|sBIT|bKGD|pHYs|acTL|fcTL|fdAT)$/;

/** The chunks of a PNG that affect how it looks, and no others. Undefined when the file cannot be parsed. */
export const barePng = (bytes: Buffer): Buffer[] | undefined => {
  const kept = [bytes.subarray(0, SIGNATURE_BYTES)];
  for (let at = SIGNATURE_BYTES; at + 12 <= bytes.length; ) {
    const name = bytes.toString("latin1", at + 4, at + 8);
    const next = at + 12 + bytes.readUInt32BE(at);
    if (next > bytes.length) return undefined;
    if (KEPT.test(name)) kept.push(bytes.subarray(at, next));
    if (name === "IEND") return kept;
    at = next;
  }
  return undefined;
};

/** Whether a PNG is animated. An animated PNG says so before its first image data. */
export const isMovingPng = (bytes: Buffer): boolean => {
  for (let at = SIGNATURE_BYTES; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const name = bytes.toString("latin1", at + 4, at + 8);
    if (name === "acTL") return true;
    if (name === "IDAT") return false;
  }
  return false;
};

const RIFF_BYTES = 12;
const KEPT_CHUNKS = ["VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP"];
// Flags in VP8X that announce Exif and XMP.
const ANNOUNCED = 0x08 | 0x04;

/** The chunks of a WebP that affect how it looks, and no others. Undefined when the file cannot be parsed. */
export const bareWebp = (bytes: Buffer): Buffer[] | undefined => {
  const kept: Buffer[] = [];
  const end = bytes.readUInt32LE(4) + 8;
  if (end > bytes.length) return undefined;
  for (let at = RIFF_BYTES; at + 8 <= end; ) {
    const name = bytes.toString("latin1", at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const next = at + 8 + length + (length % 2);
    if (at + 8 + length > end) return undefined;
    if (KEPT_CHUNKS.includes(name))
      kept.push(name === "VP8X" ? announceLess(bytes.subarray(at, next)) : bytes.subarray(at, next));
    at = next;
  }
  const header = Buffer.from(bytes.subarray(0, RIFF_BYTES));
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
