import type { AccountFacts } from "#lib/networks/connector";
import { capabilities } from "#lib/networks/webhook/capabilities";

/** How a receiver is called. What follows the question mark of its address is left out, it may be a secret. */
export const toReceiverFacts = (address: string): AccountFacts => {
  const { host, pathname } = new URL(address);
  return { username: `${host}${pathname === "/" ? "" : pathname}`, displayName: host, capabilities };
};
