import { OutboundError } from "#lib/outbound/outbound-error";
import { toTarget } from "#lib/outbound/to-target";
import { withoutInvisible } from "#lib/pasted/schema";
import { say } from "#lib/problems/problem";

/**
 * The origin of a server that may be told an app password: over https://, unless the operator allows exactly this one.
 * Throws `OutboundError`.
 */
export const toServerUrl = (address: string): string => {
  const trimmed = withoutInvisible(address);
  const { url, isSecure, isTrusted } = toTarget(trimmed.includes("://") ? trimmed : `https://${trimmed}`);
  if (!isSecure && !isTrusted) throw new OutboundError("InvalidUrl", say("bluesky_insecure"));
  return url.origin;
};
