import { ConnectError } from "#lib/networks/connect-error";
import { toTarget } from "#lib/outbound/to-target";

/**
 * The origin of a server from whatever names it: `mastodon.social`, `@me@mastodon.social`, an address of a profile.
 * Always https, except for a host that the operator allows. Throws `ConnectError`.
 */
export const toServerUrl = (given: string): string => {
  const name = given.trim();
  const address = /^[a-z]+:\/\//i.test(name) ? name : `https://${name.replace(/^.*@/, "")}`;
  try {
    const { url, isTrusted } = toTarget(address);
    if (!isTrusted) url.protocol = "https:";
    return url.origin;
  } catch (cause) {
    throw new ConnectError("instance", "This is no address of a server, for example mastodon.social.", { cause });
  }
};
