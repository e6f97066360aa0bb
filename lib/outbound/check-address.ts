import { isIP } from "node:net";
import { isPublicAddress } from "#lib/outbound/is-public-address";
import { OutboundError } from "#lib/outbound/outbound-error";
import { toTarget } from "#lib/outbound/to-target";
import { say } from "#lib/problems/problem";

/**
 * Reads an address that is kept to be fetched from later. Throws `OutboundError` when it can be seen already that it
 * never will be; names are not looked up.
 */
export const checkAddress = (address: string): URL => {
  const { url, host, isTrusted } = toTarget(address);
  if (isTrusted || isIP(host) === 0 || isPublicAddress(host)) return url;
  throw new OutboundError("ForbiddenAddress", say("outbound_private", { host }));
};
