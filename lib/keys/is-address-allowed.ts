import ipaddr from "ipaddr.js";

/** Whether a caller's address lies in one of the blocks, as `toAddressBlock` spells them. No blocks: anywhere. */
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
