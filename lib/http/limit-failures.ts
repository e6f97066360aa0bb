import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import { KeyRefusedError } from "#lib/keys/key-refused-error";
import { type Attempt, consumeAttempt } from "#lib/limits/consume-attempt";
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
