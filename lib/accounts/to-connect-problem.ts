import { ApiError } from "#lib/errors";
import { ConnectError } from "#lib/networks/connect-error";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

const DEFAULT_RETRY_SECONDS = 30;

/**
 * What a network threw, as the error that tells its user: 400 for what another value or permission would mend, 429 and
 * 503 for what time would. Anything else comes back as it is.
 */
export const toConnectProblem = (thrown: unknown): unknown => {
  if (thrown instanceof ConnectError) {
    const { field, problem } = thrown;
    return new ApiError("InvalidRequest", problem, { fields: { [`fields.${field}`]: [problem] }, cause: thrown });
  }
  if (!(thrown instanceof NetworkError)) return thrown;
  const details = { headers: { "Retry-After": String(toSeconds(thrown.retryAt)) }, cause: thrown };
  if (thrown.reason === "rate_limited") {
    return new ApiError("RateLimitExceeded", say("network_pause"), details);
  }
  if (thrown.reason === "unavailable" || thrown.reason === "uncertain") {
    const message = say("network_away");
    return new ApiError("ServiceUnavailable", message, details);
  }
  return new ApiError("InvalidRequest", thrown.problem, { cause: thrown });
};

function toSeconds(retryAt: Date | undefined): number {
  if (!retryAt) return DEFAULT_RETRY_SECONDS;
  return Math.max(1, Math.ceil((retryAt.getTime() - Date.now()) / 1000));
}
