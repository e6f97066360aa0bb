import { settings } from "#lib/env";
import { OutboundError } from "#lib/outbound/outbound-error";
import { say } from "#lib/problems/problem";

const PORTS = { "http:": 80, "https:": 443 } as const;

/** Where a request goes. */
export type Target = {
  url: URL;
  isSecure: boolean;
  /** A name, or an address without brackets. */
  host: string;
  port: number;
  /** The operator allows exactly this host and port, wherever it may be. */
  isTrusted: boolean;
};

/**
 * Reads an address. Throws `InvalidUrl` unless it is http(s) without credentials, and `ForbiddenPort` unless its port may
 * be used.
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
