import type { Connector } from "#lib/networks/connector";
import { beginAuthorization } from "#lib/networks/mastodon/begin-authorization";
import { checkAccount } from "#lib/networks/mastodon/check-account";
import { findStatus } from "#lib/networks/mastodon/find-status";
import { finishAuthorization } from "#lib/networks/mastodon/finish-authorization";
import { prepareMedia } from "#lib/networks/mastodon/prepare-media";
import { publishStatus } from "#lib/networks/mastodon/publish-status";
import { usualCapabilities } from "#lib/networks/mastodon/read-instance";
import { revokeToken } from "#lib/networks/mastodon/revoke-token";
import { noteUnknownScopes } from "#lib/networks/mastodon/scopes";
import { toSession } from "#lib/networks/mastodon/to-session";

/** Servers that speak Mastodon's protocol. What is uploaded are the ids of media. */
export const mastodon: Connector<string[]> = {
  network: "mastodon",
  label: "Mastodon",
  capabilities: usualCapabilities,
  serversDiffer: true,
  connectFields: [{ name: "instance", kind: "text", example: "mastodon.social" }],
  connect: ({ instance = "" }, callback) => beginAuthorization(instance, callback),
  authorize: finishAuthorization,
  decline: ({ serverUrl }, error) => {
    if (error === "invalid_scope") noteUnknownScopes(serverUrl);
  },
  disconnect: revokeToken,
  check: async (account) => {
    const { username, displayName, capabilities } = await checkAccount(toSession(account));
    return { username, displayName, capabilities };
  },
  prepare: prepareMedia,
  publish: publishStatus,
  reconcile: async (account, submission) =>
    findStatus(toSession(account), account.networkUserId.replace(/@.*$/, ""), submission),
};
