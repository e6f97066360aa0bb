import { isIP } from "node:net";

/**
 * The address that a request came from: the socket's, or with trusted proxies the entry that the outermost of them
 * added to `X-Forwarded-For`. What stands left of that entry, any client can write.
 */
export const clientAddress = (
  forwardedFor: string | undefined,
  socketAddress: string | undefined,
  trustedProxies: number,
): string => {
  const direct = unmap(socketAddress ?? "");
  if (trustedProxies === 0 || forwardedFor === undefined) return direct;
  const entries = forwardedFor.split(",");
  const entry = entries[Math.max(0, entries.length - trustedProxies)] ?? "";
  const address = unmap(withoutPort(entry.trim()));
  return isIP(address) ? address : direct;
};

// A socket that listens on IPv6 reports IPv4 callers as ::ffff:192.0.2.1; one client must have one spelling.
function unmap(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}

function withoutPort(entry: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(entry)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(entry)?.[1] ?? entry;
}
