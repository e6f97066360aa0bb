import { ConnectError } from "#lib/networks/connect-error";
import { toTarget } from "#lib/outbound/to-target";
import { say } from "#lib/problems/problem";

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
    throw new ConnectError("instance", say("instance_address_form"), { cause });
  }
};
