import type { RequestHead } from "#lib/server/check-request";
import type { PublicOrigin } from "#lib/server/public-origin";

const NEVER_BY_HOST = /^\/(?:v2|api|_next|healthz|readyz|openapi\.json)(?:\/|$)/;
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)(?::\d+)?$/;

/** Where a request that asked under a second spelling belongs, and how it is sent there. */
export type Redirect = { status: 307 | 308; location: string };

/**
 * The redirect for a path with a slash at its end, and, while the public address is only a guess, for a page that was
 * asked of another spelling of loopback: cookies belong to one host name, so signing in works under one alone.
 */
export const findRedirect = (
  { method, url = "/", headers }: RequestHead,
  path: string,
  { origin, host, isSet }: PublicOrigin,
): Redirect | undefined => {
  if (path.length > 1 && path.endsWith("/")) {
    return { status: 308, location: path.slice(0, -1) + url.slice(path.length) };
  }
  if (isSet || headers.host === undefined || headers.host === host) return undefined;
  const isPage = (method === "GET" || method === "HEAD") && !NEVER_BY_HOST.test(path);
  const isOtherSpelling = LOOPBACK.test(headers.host) && portOf(headers.host) === portOf(host);
  return isPage && isOtherSpelling ? { status: 307, location: origin + url } : undefined;
};

function portOf(host: string): string {
  return /:(\d+)$/.exec(host)?.[1] ?? "80";
}
