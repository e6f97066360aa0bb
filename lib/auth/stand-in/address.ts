/** The same on every installation and port: issuer and subject are the user, who must survive a change of port. */
export const STAND_IN_ISSUER = "http://localhost/stand-in";

export const STAND_IN_CLIENT_ID = "boring-console";

/**
 * Where the stand-in answers. Cookies know hosts but no ports, so it lives on the loopback name that the console
 * does not use, and neither sees the other's.
 */
export const standInOrigin = (port: number, publicUrl: string): string =>
  `http://${new URL(publicUrl).hostname === "127.0.0.1" ? "localhost" : "127.0.0.1"}:${port}`;
