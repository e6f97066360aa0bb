const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SHAPE = /^(boring_(?:(?:dev|staging|prod)_)?[0-9A-Za-z]+)([0-9A-Za-z]{6})$/;
const LENGTH = 43;

/**
 * Whether a text has the shape of a key with a valid checksum: base62 of the CRC-32 (IEEE) of the preceding text. Detects
 * typos without a request.
 */
export const isWholeKey = (text: string): boolean => {
  const [, body = "", checksum = ""] = (text.length === LENGTH && SHAPE.exec(text)) || [];
  return (
    checksum !== "" && [...checksum].reduce((value, digit) => value * 62 + DIGITS.indexOf(digit), 0) === crc32(body)
  );
};

function crc32(text: string): number {
  let register = -1;
  for (const character of text) {
    register ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit++) register = (register >>> 1) ^ (register & 1 ? 0xedb88320 : 0);
  }
  return ~register >>> 0;
}
