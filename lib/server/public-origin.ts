import type { Settings } from "#lib/env";

/** The parts of the address that the world knows this installation by. */
export type PublicOrigin = {
  origin: string;
  /** As in a Host header: without the port when it is the protocol's own. */
  host: string;
  hostname: string;
  protocol: "http" | "https";
  port: string;
  /** Whether it was set rather than guessed from PORT. */
  isSet: boolean;
};

/** The public origin, taken apart once. */
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
