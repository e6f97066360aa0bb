import { ApiError } from "#lib/errors";
import { ConnectError } from "#lib/networks/connect-error";
import { requireOwnReceiver } from "#lib/networks/webhook/require-receiver";
import { checkAddress } from "#lib/outbound/check-address";
import { describeOutboundError } from "#lib/outbound/describe-outbound-error";
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
    const message = error instanceof ConnectError ? error.message : describeOutboundError(error);
    throw new ApiError("InvalidRequest", `url: ${message}`, { fields: { url: [message] }, cause: error });
  }
};
