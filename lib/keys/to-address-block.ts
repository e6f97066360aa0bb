import ipaddr from "ipaddr.js";

const MAPPED_BITS = 96;

/**
 * The one spelling of an address or CIDR block (RFC 4632, RFC 4291), with the bits behind the prefix cleared and IPv4
 * taken out of IPv6's mapped form; undefined for anything else, shortened and octal spellings included.
 */
export const toAddressBlock = (text: string): string | undefined => {
  const [, address = "", prefix] = /^([0-9A-Fa-f.:]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/.exec(text.trim()) ?? [];
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return undefined;
  const parsed = ipaddr.parse(address);
  const width = parsed.kind() === "ipv4" ? 32 : 128;
  const bits = prefix === undefined ? width : Number(prefix);
  if (bits > width) return undefined;
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress() && bits >= MAPPED_BITS) {
    return toText(parsed.toIPv4Address(), bits - MAPPED_BITS);
  }
  return toText(parsed, bits);
};

function toText(address: ipaddr.IPv4 | ipaddr.IPv6, bits: number): string {
  const bytes = address.toByteArray().map((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8));
    return byte & (0xff << (8 - kept));
  });
  const network = ipaddr.fromByteArray(bytes).toString();
  return bits === bytes.length * 8 ? network : `${network}/${bits}`;
}
