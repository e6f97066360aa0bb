import { ApiError } from "#lib/errors";
import { ConnectError } from "#lib/networks/connect-error";
import { requireOwnReceiver } from "#lib/networks/webhook/require-receiver";
import { checkAddress } from "#lib/outbound/check-address";
import { explainOutboundError } from "#lib/outbound/explain-outbound-error";
import { OutboundError } from "#lib/outbound/outbound-error";

/** The address as it is kept. Throws 400 for one to which nothing could ever be sent, or that would understand none of it. */
export const checkUrl = (given: string): string => {
  try {
    const url = checkAddress(given);
    requireOwnReceiver(url);
    url.hash = "";
    return url.href;
  } catch (error) {
    if (!(error instanceof OutboundError || error instanceof ConnectError)) throw error;
    const problem = error instanceof ConnectError ? error.problem : explainOutboundError(error);
    throw new ApiError("InvalidRequest", problem, { at: "url", fields: { url: [problem] }, cause: error });
  }
};
