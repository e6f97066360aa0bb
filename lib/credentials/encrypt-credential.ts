import { createCipheriv, randomBytes } from "node:crypto";
import { type Place, toAdditionalData, writeEnvelope } from "#lib/credentials/envelope";
import type { Keyring } from "#lib/credentials/load-keyring";

/** Encrypts a credential with the newest key (AES-256-GCM), for one field of one row and no other. */
export const encryptCredential = ([newest]: Keyring, place: Place, plaintext: string): string => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", newest.key, nonce);
  cipher.setAAD(toAdditionalData(place, newest.id));
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return writeEnvelope({ keyId: newest.id, nonce, ciphertext, tag: cipher.getAuthTag() });
};
