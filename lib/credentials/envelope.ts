import { CredentialError } from "#lib/credentials/credential-error";

const VERSION = "v1";
const TAG_BYTES = 16;

/** What is stored of a credential: text without any dot but the three that separate version, key id and the two others. */
export type Envelope = { keyId: string; nonce: Buffer; ciphertext: Buffer; tag: Buffer };

/** Where a credential is kept. What is encrypted for one place cannot be read at another. */
export type Place = { rowId: string; field: string };

/** Spells an envelope: `v1.<key id>.<nonce>.<ciphertext and tag>`, the last two in base64url. */
export const writeEnvelope = ({ keyId, nonce, ciphertext, tag }: Envelope): string =>
  [VERSION, keyId, nonce.toString("base64url"), Buffer.concat([ciphertext, tag]).toString("base64url")].join(".");

/** Reads an envelope in the one spelling that it has. Throws `CredentialError`. */
export const readEnvelope = (text: string): Envelope => {
  const [, keyId = "", nonceText = "", sealedText = ""] = text.split(".");
  const nonce = Buffer.from(nonceText, "base64url");
  const sealed = Buffer.from(sealedText, "base64url");
  const envelope = { keyId, nonce, ciphertext: sealed.subarray(0, -TAG_BYTES), tag: sealed.subarray(-TAG_BYTES) };
  if (sealed.length >= TAG_BYTES && writeEnvelope(envelope) === text) return envelope;
  throw new CredentialError("A stored credential is not in a shape that this program knows.");
};

/** What the encryption vouches for besides the credential itself. */
export const toAdditionalData = ({ rowId, field }: Place, keyId: string): Buffer =>
  Buffer.from(JSON.stringify([VERSION, rowId, field, keyId]));
