import type { SocialAccount } from "#lib/db/generated/client";
import { getConnector } from "#lib/networks/registry";
import { type Capabilities, capabilitiesSchema } from "#lib/networks/schema";

/** What an account takes: what its own server says, else what its network takes in general. */
export const toCapabilities = ({ network, capabilities: own }: SocialAccount): Capabilities => {
  const { capabilities, serversDiffer } = getConnector(network);
  // What was written before a network said more lacks it.
  return serversDiffer && typeof own === "object"
    ? capabilitiesSchema.parse({ ...capabilities, ...own })
    : capabilities;
};
