import { crc32 } from "node:zlib";
import { ALPHABET, CHECKSUM_LENGTH } from "#lib/keys/alphabet";

/** Base62 of the CRC-32 (IEEE) of the text, six characters. It finds typos; it keeps nothing secret. */
export const checksum = (text: string): string => {
  let digits = "";
  for (let rest = crc32(text); rest > 0; rest = Math.floor(rest / ALPHABET.length)) {
    digits = ALPHABET[rest % ALPHABET.length] + digits;
  }
  return digits.padStart(CHECKSUM_LENGTH, "0");
};
