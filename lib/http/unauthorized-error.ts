import { ApiError } from "#lib/errors";
import type { Dialect } from "#lib/http/dialect";
import type { AuthErrorReason } from "#lib/keys/key-refused-error";
import { say } from "#lib/problems/problem";

const NOT_PROVIDED = "Authentication credentials were not provided.";
const INVALID_FORMAT = "Invalid API key format.";
const WELL_FORMED: readonly AuthErrorReason[] = ["missing", "unknown", "deleted", "disabled", "expired"];

/** The one 401 of a dialect; what went wrong is told in the header alone (RFC 9110 §11.6.1 asks for the challenge). */
export const toUnauthorizedError = (reason: AuthErrorReason, dialect: Dialect): ApiError =>
  new ApiError("Unauthorized", say("key_invalid"), {
    ...(dialect === "detail" && { detail: WELL_FORMED.includes(reason) ? NOT_PROVIDED : INVALID_FORMAT }),
    headers: { "WWW-Authenticate": 'Api-Key realm="boring"', "X-Auth-Error": reason },
  });
