import { readStoredCredential } from "#lib/accounts/stored-credential";
import { toCapabilities } from "#lib/accounts/to-capabilities";
import type { SocialAccount } from "#lib/db/generated/client";
import type { ConnectedAccount } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

/** A row as its connector sees it, with the credential decrypted. Throws `NetworkError` once it is disconnected. */
export const openAccount = (row: SocialAccount): ConnectedAccount => {
  if (row.disconnectedAt) throw new NetworkError("revoked", say("account_disconnected"));
  return {
    accountId: row.id,
    networkUserId: row.networkUserId,
    username: row.username,
    serverUrl: row.serverUrl,
    credential: row.credential === null ? {} : readStoredCredential(row.id, row.credential),
    capabilities: toCapabilities(row),
  };
};
