import { noteRefusal } from "#lib/audit/note-refusal";
import { readVisitor } from "#lib/auth/read-visitor";
import { ApiError } from "#lib/errors";
import { KeyRefusedError } from "#lib/keys/key-refused-error";
import type { VerifiedKey } from "#lib/keys/verify-secret";

/** Notes in its owner's log that a real key was not let through, and why. Other errors and made-up keys are not noted. */
export const noteRefusedKey = (error: unknown, key: VerifiedKey | undefined, headers: Headers): void => {
  const keyId = error instanceof KeyRefusedError ? error.keyId : key?.id;
  const reason = toReason(error);
  if (!keyId || !reason) return;
  const { ipAddress: address, userAgent } = readVisitor(headers);
  const actor = { kind: "api_key", userId: null, address, userAgent } as const;
  noteRefusal(actor, { action: "key.refused", keyId, details: { reason } });
};

function toReason(error: unknown): string | undefined {
  if (error instanceof KeyRefusedError) return error.reason;
  if (!(error instanceof ApiError)) return undefined;
  if (error.code === "Forbidden") return "address";
  return error.code === "InsufficientPermissions" ? "scope" : undefined;
}
