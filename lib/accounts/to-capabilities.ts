import type { SocialAccount } from "#lib/db/generated/client";
import { getConnector } from "#lib/networks/registry";
import { type Capabilities, capabilitiesSchema } from "#lib/networks/schema";

/** What an account takes: what its own server says, else what its network takes in general. */
export const toCapabilities = ({ network, capabilities }: SocialAccount): Capabilities =>
  capabilities === null ? getConnector(network).capabilities : capabilitiesSchema.parse(capabilities);
