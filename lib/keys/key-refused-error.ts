/** Why a credential was refused, as `X-Auth-Error` tells it. */
export type AuthErrorReason =
  | "missing"
  | "wrong_scheme"
  | "conflicting_credentials"
  | "malformed_length"
  | "malformed_characters"
  | "bad_checksum"
  | "unknown"
  | "deleted"
  | "disabled"
  | "expired";

/** The presented key does not open this door, or no longer does. */
export class KeyRefusedError extends Error {
  override name = "KeyRefusedError";
  readonly reason: AuthErrorReason;
  /** The key that was presented, when it is or was one of ours. */
  readonly keyId: string | undefined;

  constructor(reason: AuthErrorReason, keyId?: string) {
    super(`The key was refused: ${reason}`);
    this.reason = reason;
    this.keyId = keyId;
  }
}
