const [START_OF_IMAGE, END_OF_IMAGE, START_OF_SCAN, RESTART, FILL] = [0xd8, 0xd9, 0xda, 0xd0, 0xff];
// How the picture is coded (SOF, DHT, DAC, DQT, DNL, DRI), besides the arithmetic and hierarchical rarities.
const CODING = [
  0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xdb, 0xdc, 0xdd,
];
// What the colours mean.
const COLOURS: Record<number, string> = { 224: "JFIF\0", 226: "ICC_PROFILE\0", 238: "Adobe" };

/**
 * The parts of a JPEG that say what it looks like, and nothing else: no position, device, comment or preview, and nothing
 * behind its end, where telephones keep a film of the moment. Undefined when it cannot be read so.
 */
export const bareJpeg = (bytes: Buffer): Buffer[] | undefined => {
  const kept: Buffer[] = [];
  for (let at = 0; bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    const next = toNext(bytes, at, marker);
    if (next > bytes.length) return undefined;
    if (isKept(marker, bytes, at)) kept.push(bytes.subarray(at, next));
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

function isKept(marker: number, bytes: Buffer, at: number): boolean {
  if ([START_OF_IMAGE, END_OF_IMAGE, START_OF_SCAN].includes(marker) || CODING.includes(marker)) return true;
  const name = COLOURS[marker];
  return name !== undefined && bytes.toString("latin1", at + 4, at + 4 + name.length) === name;
}

// Within a scan a marker is escaped or one of the eight that only say where decoding may begin anew.
function toScanEnd(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== FILL && (next & 0xf8) !== RESTART) return at;
  }
  return bytes.length;
}
