import { ApiError } from "#lib/errors";
import { ConnectError } from "#lib/networks/connect-error";
import { NetworkError } from "#lib/networks/network-error";

const DEFAULT_RETRY_SECONDS = 30;

/**
 * What a network threw, as the error that tells its user: 400 for what another value or permission would mend, 429 and
 * 503 for what time would. Anything else comes back as it is.
 */
export const toConnectProblem = (thrown: unknown): unknown => {
  if (thrown instanceof ConnectError) {
    const { field, message } = thrown;
    return new ApiError("InvalidRequest", message, { fields: { [`fields.${field}`]: [message] }, cause: thrown });
  }
  if (!(thrown instanceof NetworkError)) return thrown;
  const details = { headers: { "Retry-After": String(toSeconds(thrown.retryAt)) }, cause: thrown };
  if (thrown.reason === "rate_limited") {
    return new ApiError("RateLimitExceeded", "The network asks for a pause. Try again later.", details);
  }
  if (thrown.reason === "unavailable" || thrown.reason === "uncertain") {
    const message = "The network cannot be reached right now. Check the address, or try again later.";
    return new ApiError("ServiceUnavailable", message, details);
  }
  return new ApiError("InvalidRequest", thrown.message, { cause: thrown });
};

function toSeconds(retryAt: Date | undefined): number {
  if (!retryAt) return DEFAULT_RETRY_SECONDS;
  return Math.max(1, Math.ceil((retryAt.getTime() - Date.now()) / 1000));
}
