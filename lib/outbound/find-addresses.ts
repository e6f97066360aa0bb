import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isPublicAddress } from "#lib/outbound/is-public-address";
import { OutboundError } from "#lib/outbound/outbound-error";
import type { Target } from "#lib/outbound/to-target";
import { say } from "#lib/problems/problem";

/** Finds the addresses of a name. */
export type Resolve = (name: string) => Promise<string[]>;

/**
 * The addresses that a target may be reached at, asked for once. Throws `ForbiddenAddress` when one of them is not on
 * the internet and the operator has not allowed the target.
 */
export const findAddresses = async (target: Target, resolve: Resolve = lookUp): Promise<string[]> => {
  const { host, isTrusted } = target;
  const addresses = isIP(host) ? [host] : await resolveName(host, resolve);
  if (!isTrusted && !addresses.every(isPublicAddress)) {
    throw new OutboundError("ForbiddenAddress", say("outbound_private", { host }));
  }
  return addresses;
};

async function resolveName(name: string, resolve: Resolve): Promise<string[]> {
  const addresses = await resolve(name).catch((cause) => {
    throw new OutboundError("ResolutionFailed", say("outbound_unresolved", { host: name }), { cause });
  });
  if (addresses.length === 0) throw new OutboundError("ResolutionFailed", say("outbound_addressless", { host: name }));
  return addresses;
}

async function lookUp(name: string): Promise<string[]> {
  const found = await lookup(name, { all: true, order: "verbatim" });
  return found.map(({ address }) => address);
}
