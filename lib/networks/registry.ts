import { bluesky } from "#lib/networks/bluesky/connector";
import type { Connector } from "#lib/networks/connector";
import { linkedin } from "#lib/networks/linkedin/connector";
import { mastodon } from "#lib/networks/mastodon/connector";
import { sandbox } from "#lib/networks/sandbox";
import { webhook } from "#lib/networks/webhook/connector";

const CONNECTORS: readonly Connector[] = [sandbox, bluesky, linkedin, mastodon, webhook];

/** The network that every user has an account on from the start. It is the default when none is named. */
export const BUILT_IN_NETWORK = sandbox.network;

/** Every network that this installation can publish to, in display order. */
export const listConnectors = (): readonly Connector[] => CONNECTORS;

/** The connector of a network, or undefined when there is none. */
export const findConnector = (network: string): Connector | undefined =>
  CONNECTORS.find((connector) => connector.network === network);

/** The connector of a stored account's network. Throws when the network is no longer known. */
export const getConnector = (network: string): Connector => {
  const connector = findConnector(network);
  if (!connector) throw new Error(`There is no connector for ${network}.`);
  return connector;
};
