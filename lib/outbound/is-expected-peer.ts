import ipaddr from "ipaddr.js";
import { isPublicAddress } from "#lib/outbound/is-public-address";

/** Whether a connection led to one of the addresses, and to the internet unless the target is trusted. */
export const isExpectedPeer = (peer: string | undefined, addresses: string[], isTrusted: boolean): boolean =>
  peer !== undefined &&
  addresses.some((address) => toOneSpelling(address) === toOneSpelling(peer)) &&
  (isTrusted || isPublicAddress(peer));

function toOneSpelling(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}
