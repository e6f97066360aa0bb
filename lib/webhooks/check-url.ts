import { ApiError } from "#lib/errors";
import { checkAddress } from "#lib/outbound/check-address";
import { describeOutboundError } from "#lib/outbound/describe-outbound-error";
import { OutboundError } from "#lib/outbound/outbound-error";

/** The address as it is kept. Throws 400 for one to which nothing could ever be sent. */
export const checkUrl = (given: string): string => {
  try {
    const url = checkAddress(given);
    url.hash = "";
    return url.href;
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    const message = describeOutboundError(error);
    throw new ApiError("InvalidRequest", `url: ${message}`, { fields: { url: [message] }, cause: error });
  }
};
