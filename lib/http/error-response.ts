import { isDatabaseUnavailable } from "#lib/db/is-database-unavailable";
import { UncertainCommitError } from "#lib/db/uncertain-commit-error";
import { ApiError } from "#lib/errors";
import { type Dialect, toErrorBody, toOwnBody } from "#lib/http/dialect";
import { jsonResponse } from "#lib/http/json-response";
import type { Operation } from "#lib/http/operation";
import { toUncertainProblem } from "#lib/http/to-uncertain-problem";
import { toUnauthorizedError } from "#lib/http/unauthorized-error";
import type { Locale } from "#lib/i18n/schema";
import { KeyRefusedError } from "#lib/keys/key-refused-error";
import { log, toLogFields } from "#lib/log";
import { say } from "#lib/problems/problem";

const UNAVAILABLE = say("database_away");

/** What was asked for, and whether any of it is known to have been saved. */
export type OperationProgress = { operation: Operation; isCommitted: boolean };

/** What was under way, and the language of the console's page that asked, if one did. */
type Circumstances = { progress?: OperationProgress; locale?: Locale | undefined };

/** The answer to anything that was thrown: told as it is when it is for the caller, logged and told apart otherwise. */
export const errorResponse = (
  thrown: unknown,
  dialect: Dialect,
  requestId: string,
  headers: Record<string, string> = {},
  { progress, locale }: Circumstances = {},
): Response => {
  const error = toApiError(thrown, dialect, progress);
  // What a network refused is told to whoever posted, and is no failure of this server.
  if (error.status >= 500 && error.status !== 502) {
    log("error", "A request failed", { requestId, status: error.status, ...toLogFields(thrown) });
  }
  return jsonResponse(error.status, locale ? toOwnBody(error, locale) : toErrorBody(error, dialect), requestId, {
    ...error.headers,
    ...headers,
  });
};

function toApiError(thrown: unknown, dialect: Dialect, progress: OperationProgress | undefined): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof KeyRefusedError) return toUnauthorizedError(thrown.reason, dialect);
  const isUncertain = thrown instanceof UncertainCommitError;
  if (isUncertain || isDatabaseUnavailable(thrown)) {
    const message = isUncertain || progress?.isCommitted ? toUncertainProblem(progress?.operation) : UNAVAILABLE;
    return new ApiError("ServiceUnavailable", message, { headers: { "Retry-After": "5" }, cause: thrown });
  }
  const message = say("fault_logged");
  return new ApiError("InternalServerError", message, { cause: thrown });
}
