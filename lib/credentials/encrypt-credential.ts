import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Keyring } from "#lib/credentials/keyring";

/** A stored credential cannot be decrypted. The message reveals nothing about it. */
export class CredentialError extends Error {
  override name = "CredentialError";
}

const VERSION = "v1";
const TAG_BYTES = 16;

/** The contents of a stored credential. Its text has only three dots, between version, key id, nonce and ciphertext. */
type Envelope = { keyId: string; nonce: Buffer; ciphertext: Buffer; tag: Buffer };

/** Where a credential is stored. A value encrypted for one place cannot be decrypted for another. */
export type Place = { rowId: string; field: string };

/** Writes an envelope as `v1.<key id>.<nonce>.<ciphertext and tag>`, the last two in base64url. */
const writeEnvelope = ({ keyId, nonce, ciphertext, tag }: Envelope): string =>
  [VERSION, keyId, nonce.toString("base64url"), Buffer.concat([ciphertext, tag]).toString("base64url")].join(".");

/** Parses an envelope and accepts only its canonical form. Throws `CredentialError`. */
const readEnvelope = (text: string): Envelope => {
  const [, keyId = "", nonceText = "", sealedText = ""] = text.split(".");
  const nonce = Buffer.from(nonceText, "base64url");
  const sealed = Buffer.from(sealedText, "base64url");
  const envelope = { keyId, nonce, ciphertext: sealed.subarray(0, -TAG_BYTES), tag: sealed.subarray(-TAG_BYTES) };
  if (sealed.length >= TAG_BYTES && writeEnvelope(envelope) === text) return envelope;
  throw new CredentialError("A stored credential has an unknown format.");
};

/** The additional data (AAD) that the encryption authenticates. */
const toAdditionalData = ({ rowId, field }: Place, keyId: string): Buffer =>
  Buffer.from(JSON.stringify([VERSION, rowId, field, keyId]));

/** Encrypts a credential with the newest key (AES-256-GCM), bound to one field of one row. */
export const encryptCredential = ([newest]: Keyring, place: Place, plaintext: string): string => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", newest.key, nonce);
  cipher.setAAD(toAdditionalData(place, newest.id));
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return writeEnvelope({ keyId: newest.id, nonce, ciphertext, tag: cipher.getAuthTag() });
};

/**
 * Decrypts what `encryptCredential` made for the same field of the same row, with the key that it names. Throws
 * `CredentialError` when that key is missing or anything was changed.
 */
export const decryptCredential = (keyring: Keyring, place: Place, stored: string): string => {
  const { keyId, nonce, ciphertext, tag } = readEnvelope(stored);
  const found = keyring.find(({ id }) => id === keyId);
  if (!found) throw new CredentialError(`The key ${keyId}, with which a credential was encrypted, is missing.`);
  try {
    const decipher = createDecipheriv("aes-256-gcm", found.key, nonce, { authTagLength: tag.length });
    decipher.setAAD(toAdditionalData(place, keyId));
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new CredentialError(
      "A stored credential was changed after it was encrypted, or was encrypted with another key.",
      { cause },
    );
  }
};
