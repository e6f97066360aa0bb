import ipaddr from "ipaddr.js";

const NETWORK_PARTS = 4;

/** Whose attempts are counted together: one IPv4 address, or the /64 that one IPv6 customer usually has to itself. */
export const toSource = (address: string): string => {
  if (!ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const network = parsed.parts.slice(0, NETWORK_PARTS).map((part) => part.toString(16));
  return `${network.join(":")}::/64`;
};
