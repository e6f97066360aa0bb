import { hash, randomBytes } from "node:crypto";
import { checksum } from "#lib/keys/check-secret";
import type { Environment } from "#lib/keys/schema";
import { ALPHABET, CHECKSUM_LENGTH, SECRET_LENGTH } from "#lib/keys/shape";

/**
 * A new secret of 43 characters from the system's random generator. It holds an upper-case letter, a lower-case letter and a
 * digit.
 */
export const createSecret = (environment?: Environment): string => {
  const prefix = environment ? `boring_${environment}_` : "boring_";
  const length = SECRET_LENGTH - CHECKSUM_LENGTH - prefix.length;
  let random = "";
  while (!isMixed(random)) random = drawCharacters(length);
  return prefix + random + checksum(prefix + random);
};

// 248 is the largest multiple of 62 in a byte. Larger bytes are drawn again, so that every character is equally likely.
function drawCharacters(length: number): string {
  let drawn = "";
  while (drawn.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && drawn.length < length) drawn += ALPHABET[byte % ALPHABET.length];
    }
  }
  return drawn;
}

function isMixed(text: string): boolean {
  return /[A-Z]/.test(text) && /[a-z]/.test(text) && /[0-9]/.test(text);
}

/** The 32-byte hash by which a secret is stored and found. A secret of 178 random bits needs no slow hash. */
export const hashSecret = (secret: string): Uint8Array<ArrayBuffer> => new Uint8Array(hash("sha256", secret, "buffer"));

const PREVIEW = /^boring_(?:(?:dev|staging|prod)_)?.{3}/;

/** The part of a secret that a list may show: prefix, tag and three characters, `boring_dev_abc...`. */
export const previewSecret = (secret: string): string => `${PREVIEW.exec(secret)?.[0] ?? "boring_"}...`;
