import { settings } from "#lib/env";

/**
 * Whether a browser says that the request was made by another origin's page (Fetch Metadata, then Origin).
 * A request with neither header, as programs send it, is not foreign.
 */
export const isForeignOrigin = (headers: Headers): boolean => {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (site !== null && site !== "same-origin" && site !== "none") return true;
  return origin !== null && origin !== settings().publicUrl;
};
