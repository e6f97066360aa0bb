import { crc32 } from "node:zlib";

/** Base62 digits in the order of their values. The generator and the checksum share them. */
export const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export const SECRET_LENGTH = 43;
export const CHECKSUM_LENGTH = 6;

/** Base62 of the CRC-32 (IEEE) of the text, six characters. It detects typos. It protects nothing. */
export const checksum = (text: string): string => {
  let digits = "";
  for (let rest = crc32(text); rest > 0; rest = Math.floor(rest / ALPHABET.length)) {
    digits = ALPHABET[rest % ALPHABET.length] + digits;
  }
  return digits.padStart(CHECKSUM_LENGTH, "0");
};

const SHAPE = /^boring_(?:(?:dev|staging|prod)_)?[0-9A-Za-z]+$/;

/** What is wrong with the shape or checksum of a presented secret, or undefined. Needs no database. */
export const checkSecret = (
  secret: string,
): "malformed_length" | "malformed_characters" | "bad_checksum" | undefined => {
  if (secret.length !== SECRET_LENGTH) return "malformed_length";
  if (!SHAPE.test(secret)) return "malformed_characters";
  const body = secret.slice(0, -CHECKSUM_LENGTH);
  return secret.endsWith(checksum(body)) ? undefined : "bad_checksum";
};

/** Whether a text is exactly one key, judged by its shape and checksum. */
export const isWholeSecret = (text: string): boolean => checkSecret(text) === undefined;
