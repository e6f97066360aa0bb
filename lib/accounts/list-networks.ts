import { listConnectors } from "#lib/networks/registry";
import { type Network, networkSchema } from "#lib/networks/schema";

/** Every network that this installation can publish to, and what each wants to know before an account is connected. */
export const listNetworks = (): Network[] =>
  listConnectors().map(({ network, label, connectFields, capabilities }) =>
    networkSchema.parse({ network, label, connect_fields: connectFields, capabilities }),
  );
