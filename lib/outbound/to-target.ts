import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { settings } from "#lib/env";
import { OutboundError } from "#lib/outbound/outbound-error";
import { say } from "#lib/problems/problem";

const PORTS = { "http:": 80, "https:": 443 } as const;

/** Where a request is sent. */
export type Target = {
  url: URL;
  isSecure: boolean;
  /** A host name, or an IP address without brackets. */
  host: string;
  port: number;
  /** The operator allows exactly this host and port, on any network. */
  isTrusted: boolean;
};

/**
 * Parses an address. Throws `InvalidUrl` unless it is http(s) without credentials, and `ForbiddenPort` for a blocked port.
 */
export const toTarget = (address: string, base?: URL): Target => {
  const url = URL.parse(address, base);
  if (!url) throw new OutboundError("InvalidUrl", say("outbound_no_address"));
  const { protocol, hostname } = url;
  if (protocol !== "http:" && protocol !== "https:") {
    throw new OutboundError("InvalidUrl", say("outbound_scheme"));
  }
  if (url.username || url.password) {
    throw new OutboundError("InvalidUrl", say("outbound_password"));
  }
  const port = url.port === "" ? PORTS[protocol] : Number(url.port);
  const isTrusted = settings().outboundAllowedHosts.includes(`${hostname}:${port}`);
  if (!isTrusted && port !== 80 && port !== 443) {
    throw new OutboundError("ForbiddenPort", say("outbound_port", { port, host: hostname }));
  }
  return { url, isSecure: protocol === "https:", host: hostname.replace(/^\[|\]$/g, ""), port, isTrusted };
};

/** Resolves a host name to addresses. */
export type Resolve = (name: string) => Promise<string[]>;

/**
 * The addresses of a target, resolved once. Throws `ForbiddenAddress` when one of them is not public and the operator has
 * not allowed the target.
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

/** Checks an address that is stored for later. Throws `OutboundError` if it can never be allowed. Does no DNS lookup. */
export const checkAddress = (address: string): URL => {
  const { url, host, isTrusted } = toTarget(address);
  if (isTrusted || isIP(host) === 0 || isPublicAddress(host)) return url;
  throw new OutboundError("ForbiddenAddress", say("outbound_private", { host }));
};

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const ALLOCATED = ipaddr.IPv6.parseCIDR("2000::/3");
const DOCUMENTATION = ipaddr.IPv6.parseCIDR("3fff::/20");
// Looks like a public address, but inside Azure it serves a machine's configuration.
const AZURE_HOST = "168.63.129.16";
// ipaddr.js reads ::1.2.3.4 as ::ffff:1.2.3.4, which is another address. A zone refers to a local network.
const MISREAD = /^::\d+\.|%/;

/**
 * Whether an IP address is public. An address that embeds IPv4 addresses (mapped, NAT64, 6to4, Teredo) is public only if
 * all of them are. Text that is not an address is not public.
 */
export const isPublicAddress = (address: string): boolean =>
  isIP(address) !== 0 && !MISREAD.test(address) && unwrap(ipaddr.parse(address)).every(isGlobalUnicast);

function unwrap(address: Address): Address[] {
  const bytes = address.toByteArray();
  switch (address.range()) {
    case "ipv4Mapped":
    case "rfc6052":
      return [new ipaddr.IPv4(bytes.slice(12))];
    case "6to4":
      return [new ipaddr.IPv4(bytes.slice(2, 6))];
    case "teredo":
      return [new ipaddr.IPv4(bytes.slice(4, 8)), new ipaddr.IPv4(bytes.slice(12).map((byte) => byte ^ 0xff))];
    default:
      return [address];
  }
}

function isGlobalUnicast(address: Address): boolean {
  if (address.range() !== "unicast") return false;
  if (address instanceof ipaddr.IPv6) return address.match(ALLOCATED) && !address.match(DOCUMENTATION);
  return address.toString() !== AZURE_HOST;
}
