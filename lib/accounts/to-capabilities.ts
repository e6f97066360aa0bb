import { z } from "zod";
import type { SocialAccount } from "#lib/db/generated/client";
import { getConnector } from "#lib/networks/registry";
import { type Capabilities, capabilitiesSchema } from "#lib/networks/schema";

const storedSchema = z.looseObject({}).nullable();

/** What an account takes: what its own server said when it was last asked, else what its network takes in general. */
export const toCapabilities = ({ network, capabilities: stored }: SocialAccount): Capabilities => {
  const { capabilities, serversDiffer } = getConnector(network);
  return capabilitiesSchema.parse({ ...capabilities, ...(serversDiffer && storedSchema.parse(stored)) });
};
