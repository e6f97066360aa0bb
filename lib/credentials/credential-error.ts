/** A stored credential cannot be decrypted. The message tells nothing of it. */
export class CredentialError extends Error {
  override name = "CredentialError";
}
