import { crc32 } from "node:zlib";
import { ALPHABET, CHECKSUM_LENGTH, SECRET_LENGTH, SECRET_SHAPE } from "#lib/keys/shape";

/** Base62 of the CRC-32 (IEEE) of the text, six characters. It detects typos. It protects nothing. */
export const checksum = (text: string): string => {
  let digits = "";
  for (let rest = crc32(text); rest > 0; rest = Math.floor(rest / ALPHABET.length)) {
    digits = ALPHABET[rest % ALPHABET.length] + digits;
  }
  return digits.padStart(CHECKSUM_LENGTH, "0");
};

/** What is wrong with the shape or checksum of a presented secret, or undefined. Needs no database. */
export const checkSecret = (
  secret: string,
): "malformed_length" | "malformed_characters" | "bad_checksum" | undefined => {
  if (secret.length !== SECRET_LENGTH) return "malformed_length";
  if (!SECRET_SHAPE.test(secret)) return "malformed_characters";
  const body = secret.slice(0, -CHECKSUM_LENGTH);
  return secret.endsWith(checksum(body)) ? undefined : "bad_checksum";
};

/** Whether a text is exactly one key, judged by its shape and checksum. */
export const isWholeSecret = (text: string): boolean => checkSecret(text) === undefined;
