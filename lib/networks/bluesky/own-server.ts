import type { ConnectedAccount } from "#lib/networks/connector";

/** Where an account's server is. Throws when the account was stored without, which `connect` never does. */
export const ownServer = ({ accountId, serverUrl }: ConnectedAccount): string => {
  if (serverUrl === null) throw new Error(`Account ${accountId} has no server.`);
  return serverUrl;
};
