import { noteRefusal } from "#lib/audit/note-refusal";
import { readVisitor } from "#lib/auth/read-visitor";
import { ApiError } from "#lib/errors";
import type { Operation } from "#lib/http/operation";
import { noteLastUse } from "#lib/keys/note-last-use";
import { KeyRefusedError, type VerifiedKey } from "#lib/keys/verify-secret";
import { noteRequest } from "#lib/usage/note-request";
import { REFUSALS } from "#lib/usage/schema";

/** How far a request came with the key that it presented. */
export type Admission = {
  /** The key, when it opened the door. */
  key?: VerifiedKey;
  /** Whether it was let through, too. */
  isAdmitted: boolean;
  /** What to tell about its limit. */
  limits?: Record<string, string>;
  /** What ended the request, when it did not end well. */
  error?: unknown;
};

type Answered = { requestId: string; status: number; address: string; startedAt: number };

/**
 * Notes an answered request for the owner of the key that it presented: as a use, as a refusal, and among the key's
 * requests, by the route's pattern and not its path. Nothing of it delays or fails the answer.
 */
export const noteCall = (
  { path }: Pick<Operation, "path">,
  request: Request,
  { key, isAdmitted, error }: Admission,
  { requestId, status, address, startedAt }: Answered,
): void => {
  const keyId = key?.id ?? (error instanceof KeyRefusedError ? error.keyId : undefined);
  // Without a real key there is nobody to show it to.
  if (keyId === undefined) return;
  const refusal = isAdmitted ? undefined : toRefusal(error);
  if (refusal) noteRefusedKey(keyId, refusal, request.headers);
  if (isAdmitted && status < 500) noteLastUse(keyId, address);
  noteRequest({
    id: requestId,
    keyId,
    method: request.method,
    route: path,
    status,
    refusal: REFUSALS.find((shown) => shown === refusal),
    milliseconds: performance.now() - startedAt,
    address,
    userAgent: request.headers.get("user-agent"),
  });
};

/** Notes in its owner's log that a real key was not let through, and why. */
const noteRefusedKey = (keyId: string, reason: string, headers: Headers): void => {
  const { ipAddress: address, userAgent } = readVisitor(headers);
  const actor = { kind: "api_key", userId: null, address, userAgent } as const;
  noteRefusal(actor, { action: "key.refused", keyId, details: { reason } });
};

/** Why a real key was not let in, in one word, as logs and pages tell it. Undefined for any other error. */
export const toRefusal = (error: unknown): string | undefined => {
  if (error instanceof KeyRefusedError) return error.reason;
  if (!(error instanceof ApiError)) return undefined;
  if (error.code === "Forbidden") return "address";
  return error.code === "InsufficientPermissions" ? "scope" : undefined;
};
