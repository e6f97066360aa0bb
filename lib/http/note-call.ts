import { noteRefusal } from "#lib/audit/note-refusal";
import { readVisitor } from "#lib/auth/read-visitor";
import { ApiError } from "#lib/errors";
import type { Operation } from "#lib/http/operation";
import type { RequestHeaders, RouteRequest } from "#lib/http/route";
import { noteLastUse } from "#lib/keys/note-last-use";
import { KeyRefusedError, type VerifiedKey } from "#lib/keys/verify-secret";
import { noteRequest } from "#lib/usage/note-request";
import { REFUSALS } from "#lib/usage/schema";

/** How far a request got with the key that it presented. */
export type Admission = {
  /** The key, when it was valid. */
  key?: VerifiedKey;
  /** Whether the request was allowed. */
  isAdmitted: boolean;
  /** The rate-limit headers. */
  limits?: Record<string, string>;
  /** The error that ended the request, when one did. */
  error?: unknown;
};

type Answered = { requestId: string; status: number; address: string; startedAt: number };

/**
 * Records an answered request for the owner of its key: the last use, a refusal, and a row among the key's requests. It
 * stores the route's pattern instead of the path. It never delays or fails the answer.
 */
export const noteCall = (
  { path }: Pick<Operation, "path">,
  request: RouteRequest,
  { key, isAdmitted, error }: Admission,
  { requestId, status, address, startedAt }: Answered,
): void => {
  const keyId = key?.id ?? (error instanceof KeyRefusedError ? error.keyId : undefined);
  // Without a real key there is no owner to show it to.
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

/** Records in the owner's log that a real key was refused, and why. */
const noteRefusedKey = (keyId: string, reason: string, headers: RequestHeaders): void => {
  const { ipAddress: address, userAgent } = readVisitor(headers);
  const actor = { kind: "api_key", organizationId: null, address, userAgent } as const;
  noteRefusal(actor, { action: "key.refused", keyId, details: { reason } });
};

/** Why a real key was refused, in the one word that logs and pages use. Undefined for any other error. */
export const toRefusal = (error: unknown): string | undefined => {
  if (error instanceof KeyRefusedError) return error.reason;
  if (!(error instanceof ApiError)) return undefined;
  if (error.code === "Forbidden") return "address";
  return error.code === "InsufficientPermissions" ? "scope" : undefined;
};
