import { NetworkError } from "#lib/networks/network-error";
import { OutboundError } from "#lib/outbound/outbound-error";

/** A failed fetch as what it means for whoever made the call: nothing was done, or nobody knows. */
export const toNetworkError = (thrown: unknown): NetworkError => {
  if (thrown instanceof NetworkError) return thrown;
  if (!(thrown instanceof OutboundError)) throw thrown;
  const isRefusedHere = ["InvalidUrl", "ForbiddenPort", "ForbiddenAddress"].includes(thrown.code);
  if (isRefusedHere) return new NetworkError("refused", thrown.problem, { cause: thrown });
  return new NetworkError(thrown.wasSent ? "uncertain" : "unavailable", thrown.problem, { cause: thrown });
};
