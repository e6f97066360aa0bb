import type { Connector } from "#lib/networks/connector";
import { beginAuthorization } from "#lib/networks/mastodon/begin-authorization";
import { checkAccount } from "#lib/networks/mastodon/check-account";
import { findStatus } from "#lib/networks/mastodon/find-status";
import { finishAuthorization } from "#lib/networks/mastodon/finish-authorization";
import { publishStatus } from "#lib/networks/mastodon/publish-status";
import { usualCapabilities } from "#lib/networks/mastodon/read-instance";
import { revokeToken } from "#lib/networks/mastodon/revoke-token";
import { toSession } from "#lib/networks/mastodon/to-session";
import { uploadMedium } from "#lib/networks/mastodon/upload-medium";

/** Servers that speak Mastodon's protocol. What is uploaded are the ids of media. */
export const mastodon: Connector<string[]> = {
  network: "mastodon",
  label: "Mastodon",
  capabilities: usualCapabilities,
  connectFields: [{ name: "instance", kind: "text", example: "mastodon.social" }],
  connect: ({ instance = "" }, callback) => beginAuthorization(instance, callback),
  authorize: finishAuthorization,
  disconnect: revokeToken,
  check: async (account) => {
    const { username, displayName, capabilities } = await checkAccount(toSession(account));
    return { username, displayName, capabilities };
  },
  prepare: async (account, { media }, open) => {
    const ids: string[] = [];
    for (const medium of media) {
      ids.push(await uploadMedium(toSession(account), account.capabilities, medium, open));
    }
    return ids;
  },
  publish: async (account, submission, mediaIds) => publishStatus(toSession(account), submission, mediaIds),
  reconcile: async (account, submission) =>
    findStatus(toSession(account), account.networkUserId.replace(/@.*$/, ""), submission),
};
