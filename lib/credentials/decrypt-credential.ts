import { createDecipheriv } from "node:crypto";
import { CredentialError } from "#lib/credentials/credential-error";
import { type Place, readEnvelope, toAdditionalData } from "#lib/credentials/envelope";
import type { Keyring } from "#lib/credentials/load-keyring";

/**
 * Decrypts what `encryptCredential` made for the same field of the same row, with whichever key it was made. Throws
 * `CredentialError` when the key is missing or anything at all was changed.
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
    throw new CredentialError("A stored credential is not what was encrypted here, or not with this key.", { cause });
  }
};
