const SIGNATURE_BYTES = 8;
// What a picture, its colours and its movement need.
const KEPT = /^(IHDR|PLTE|IDAT|IEND|tRNS|gAMA|cHRM|sRGB|iCCP|cICP|mDCV|mDCv|cLLI|cLLi|sBIT|bKGD|pHYs|acTL|fcTL|fdAT)$/;

/** The chunks of a PNG that say what it looks like, and nothing else. Undefined when it cannot be read so. */
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

/** Whether a PNG moves: it says so before its first picture. */
export const isMovingPng = (bytes: Buffer): boolean => {
  for (let at = SIGNATURE_BYTES; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const name = bytes.toString("latin1", at + 4, at + 8);
    if (name === "acTL") return true;
    if (name === "IDAT") return false;
  }
  return false;
};
