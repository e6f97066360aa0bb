import { isIP } from "node:net";
import type { Settings } from "#lib/env";

/**
 * The address that a request came from: the socket's or, behind trusted proxies, the entry that the outermost of them added
 * to `X-Forwarded-For`. Any client can forge the entries to the left of that one.
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

// An IPv6 socket reports IPv4 callers as ::ffff:192.0.2.1, but each client must have one spelling.
function unmap(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}

function withoutPort(entry: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(entry)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(entry)?.[1] ?? entry;
}

/** The parts of this installation's public address. */
export type PublicOrigin = {
  origin: string;
  /** As in a Host header: without the protocol's default port. */
  host: string;
  hostname: string;
  protocol: "http" | "https";
  port: string;
  /** Whether the operator set it. Otherwise it is guessed from PORT. */
  isSet: boolean;
};

/** Splits the public origin into its parts. */
export const publicOrigin = ({
  publicUrl,
  publicUrlIsSet,
}: Pick<Settings, "publicUrl" | "publicUrlIsSet">): PublicOrigin => {
  const { origin, host, hostname, port, protocol } = new URL(publicUrl);
  const isHttps = protocol === "https:";
  return {
    origin,
    host,
    hostname,
    protocol: isHttps ? "https" : "http",
    port: port || (isHttps ? "443" : "80"),
    isSet: publicUrlIsSet,
  };
};
