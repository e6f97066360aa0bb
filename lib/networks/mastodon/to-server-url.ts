import { ConnectError } from "#lib/networks/connect-error";
import { toTarget } from "#lib/outbound/to-target";

/**
 * The origin of a server, from its name or any address at it. Always https, except for a host that the operator allows.
 * Throws `ConnectError`.
 */
export const toServerUrl = (name: string): string => {
  try {
    const { url, isTrusted } = toTarget(/^[a-z]+:\/\//i.test(name) ? name : `https://${name}`);
    if (!isTrusted) url.protocol = "https:";
    return url.origin;
  } catch (cause) {
    throw new ConnectError("instance", "This is no address of a server, for example mastodon.social.", { cause });
  }
};
