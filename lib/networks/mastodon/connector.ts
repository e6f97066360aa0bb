import { z } from "zod";
import type { Connector } from "#lib/networks/connector";
import {
  beginAuthorization,
  checkAccount,
  finishAuthorization,
  noteUnknownScopes,
  revokeToken,
} from "#lib/networks/mastodon/authorize";
import { toSession } from "#lib/networks/mastodon/call-api";
import { usualCapabilities } from "#lib/networks/mastodon/find-instance";
import { findStatus } from "#lib/networks/mastodon/find-status";
import { mastodonOptionsSchema } from "#lib/networks/mastodon/options";
import { prepareMedia } from "#lib/networks/mastodon/prepare-media";
import { publishStatus } from "#lib/networks/mastodon/publish-status";

/** The connector for servers that speak Mastodon's API. `prepare` returns the ids of uploaded media. */
export const mastodon: Connector<string[]> = {
  network: "mastodon",
  label: "Mastodon",
  capabilities: usualCapabilities,
  serversDiffer: true,
  handleSchema: z.array(z.string()),
  toCounted: (options) => mastodonOptionsSchema.parse(options).spoiler_text ?? "",
  connectFields: [{ name: "instance", kind: "text", example: "mastodon.social" }],
  connect: ({ instance = "" }, callback) => beginAuthorization(instance, callback),
  authorize: (begun, { code = "" }, callbackUrl) => finishAuthorization(begun, code, callbackUrl),
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
  reconcile: async (account, submission) => {
    const found = await findStatus(toSession(account), account.networkUserId.replace(/@.*$/, ""), submission);
    // A server removes media that were not published for some time.
    return found === "resend" ? "gone" : found;
  },
};
