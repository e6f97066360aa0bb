import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import type { RequestHeaders } from "#lib/http/route";
import { KeyRefusedError } from "#lib/keys/verify-secret";
import { type Attempt, type AttemptLimit, consumeAttempt } from "#lib/limits/consume-attempt";
import type { Allowance } from "#lib/limits/spend-request";
import { log, toLogFields } from "#lib/log";
import { say } from "#lib/problems/problem";

/**
 * The error to answer with. A refused key counts against its source, which gets a 429 after too many failures. Every other
 * error is returned unchanged, and accepted keys are never counted.
 */
export const limitFailures = async (thrown: unknown, address: string): Promise<unknown> => {
  if (!(thrown instanceof KeyRefusedError)) return thrown;
  const attempt = await countFailure(address);
  if (attempt.isAllowed) return thrown;
  const message = say("attempts_limit");
  return new ApiError("RateLimitExceeded", message, {
    headers: { "Retry-After": String(attempt.retryAfterSeconds) },
    members: { retry_after: attempt.retryAfterSeconds },
    cause: thrown,
  });
};

// A refusal remains a refusal when it cannot be counted.
async function countFailure(address: string): Promise<Attempt> {
  const limit = { points: settings().failedAuthPerMinute, durationSeconds: 60 };
  try {
    return await consumeAttempt("authentication", address, limit);
  } catch (error) {
    log("warn", "A failed authentication could not be counted", toLogFields(error));
    return { isAllowed: true };
  }
}

/** The rate-limit headers of every answer for a key (draft-ietf-httpapi-ratelimit-headers-07; the window is a minute). */
export const toRateLimitHeaders = ({ limit, remaining, resetSeconds }: Allowance): Record<string, string> => ({
  "RateLimit-Limit": String(limit),
  "RateLimit-Remaining": String(remaining),
  "RateLimit-Reset": String(resetSeconds),
  "RateLimit-Policy": `${limit};w=60`,
});

/** Counts a call of the operation from the caller's address. Throws 429 when the call exceeds the limit. */
export const requireAttempt = async (
  operationId: string,
  headers: RequestHeaders,
  limit: AttemptLimit,
): Promise<void> => {
  const attempt = await consumeAttempt(operationId, readAddress(headers), limit);
  if (attempt.isAllowed) return;
  throw new ApiError("RateLimitExceeded", say("calls_limit"), {
    headers: { "Retry-After": String(attempt.retryAfterSeconds) },
  });
};

/** The address that a request came from, as the front door determined it. A caller cannot forge it. */
export const readAddress = (headers: RequestHeaders): string => headers.get("x-forwarded-for")?.trim() ?? "";
