import { noteRefusal } from "#lib/audit/note-refusal";
import { readVisitor } from "#lib/auth/read-visitor";

/** Notes in its owner's log that a real key was not let through, and why. */
export const noteRefusedKey = (keyId: string, reason: string, headers: Headers): void => {
  const { ipAddress: address, userAgent } = readVisitor(headers);
  const actor = { kind: "api_key", userId: null, address, userAgent } as const;
  noteRefusal(actor, { action: "key.refused", keyId, details: { reason } });
};
