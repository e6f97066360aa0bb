import { ALPHABET, CHECKSUM_LENGTH, SECRET_LENGTH, SECRET_SHAPE } from "#lib/keys/shape";

/**
 * Whether a text has the shape of a key with a valid checksum: base62 of the CRC-32 (IEEE) of the preceding text. Detects
 * typos without a request.
 */
export const isWholeKey = (text: string): boolean => {
  if (text.length !== SECRET_LENGTH || !SECRET_SHAPE.test(text)) return false;
  const digits = [...text.slice(-CHECKSUM_LENGTH)];
  const checksum = digits.reduce((value, digit) => value * ALPHABET.length + ALPHABET.indexOf(digit), 0);
  return checksum === crc32(text.slice(0, -CHECKSUM_LENGTH));
};

function crc32(text: string): number {
  let register = -1;
  for (const character of text) {
    register ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit++) register = (register >>> 1) ^ (register & 1 ? 0xedb88320 : 0);
  }
  return ~register >>> 0;
}
