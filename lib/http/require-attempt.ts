import { ApiError } from "#lib/errors";
import { readAddress } from "#lib/http/read-address";
import { type AttemptLimit, consumeAttempt } from "#lib/limits/consume-attempt";
import { say } from "#lib/problems/problem";

/** Counts a call of the operation from the caller's address. Throws 429 when that is one too many. */
export const requireAttempt = async (operationId: string, headers: Headers, limit: AttemptLimit): Promise<void> => {
  const attempt = await consumeAttempt(operationId, readAddress(headers), limit);
  if (attempt.isAllowed) return;
  throw new ApiError("RateLimitExceeded", say("calls_limit"), {
    headers: { "Retry-After": String(attempt.retryAfterSeconds) },
  });
};
