import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import { KeyRefusedError } from "#lib/keys/verify-secret";
import { type Attempt, type AttemptLimit, consumeAttempt } from "#lib/limits/consume-attempt";
import type { Allowance } from "#lib/limits/spend-request";
import { log, toLogFields } from "#lib/log";
import { say } from "#lib/problems/problem";

/**
 * What to answer to what was thrown: a refused key counts against the source it came from, which is told to wait once
 * it has failed too often. Everything else stays as it is, and a good key is never asked about.
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

// A refusal stays a refusal when it cannot be counted.
async function countFailure(address: string): Promise<Attempt> {
  const limit = { points: settings().failedAuthPerMinute, durationSeconds: 60 };
  try {
    return await consumeAttempt("authentication", address, limit);
  } catch (error) {
    log("warn", "A failed authentication could not be counted", toLogFields(error));
    return { isAllowed: true };
  }
}

/** What every answer for a key says about its limit (draft-ietf-httpapi-ratelimit-headers-07; the window is a minute). */
export const toRateLimitHeaders = ({ limit, remaining, resetSeconds }: Allowance): Record<string, string> => ({
  "RateLimit-Limit": String(limit),
  "RateLimit-Remaining": String(remaining),
  "RateLimit-Reset": String(resetSeconds),
  "RateLimit-Policy": `${limit};w=60`,
});

/** Counts a call of the operation from the caller's address. Throws 429 when that is one too many. */
export const requireAttempt = async (operationId: string, headers: Headers, limit: AttemptLimit): Promise<void> => {
  const attempt = await consumeAttempt(operationId, readAddress(headers), limit);
  if (attempt.isAllowed) return;
  throw new ApiError("RateLimitExceeded", say("calls_limit"), {
    headers: { "Retry-After": String(attempt.retryAfterSeconds) },
  });
};

/** The address that a request came from, as the front door found it out. Nothing that a caller can write. */
export const readAddress = (headers: Headers): string => headers.get("x-forwarded-for")?.trim() ?? "";
