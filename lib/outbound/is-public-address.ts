import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const ALLOCATED = ipaddr.IPv6.parseCIDR("2000::/3");
const DOCUMENTATION = ipaddr.IPv6.parseCIDR("3fff::/20");
// Looks like any other address; inside of Azure it is where a machine is given its configuration.
const AZURE_HOST = "168.63.129.16";
// ipaddr.js reads ::1.2.3.4 as ::ffff:1.2.3.4, which is another address; a zone is a network of this machine.
const MISREAD = /^::\d+\.|%/;

/**
 * Whether an address is one of the internet's. One that carries IPv4 addresses (mapped, NAT64, 6to4, Teredo) is when
 * all that it carries are; what is not an address at all is not.
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
