import ipaddr from "ipaddr.js";

/** Whether an address lies in one of the blocks, which are in `toAddressBlock`'s spelling. No blocks: every address does. */
export const isAddressAllowed = (address: string, blocks: readonly string[]): boolean => {
  if (blocks.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  const caller = ipaddr.process(address);
  return blocks.some((block) => {
    const [network, bits] = toRange(block);
    return network.kind() === caller.kind() && caller.match(network, bits);
  });
};

function toRange(block: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (block.includes("/")) return ipaddr.parseCIDR(block);
  const address = ipaddr.parse(block);
  return [address, address.toByteArray().length * 8];
}

/** Whether the allowed addresses, as typed, exclude an address. False while any of them is invalid. */
export const excludesAddress = (allowed: readonly string[], address: string): boolean => {
  const blocks = allowed.flatMap((text) => toAddressBlock(text) ?? []);
  return blocks.length === allowed.length && !isAddressAllowed(address, blocks);
};

const MAPPED_BITS = 96;

/**
 * The canonical spelling of an address or CIDR block (RFC 4632, RFC 4291): host bits cleared, and IPv4 unwrapped from its
 * IPv6-mapped form. Undefined for anything else, including shortened and octal spellings.
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
