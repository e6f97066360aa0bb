import type { Connector } from "#lib/networks/connector";
import {
  beginAuthorization,
  finishAuthorization,
  listMissingSettings,
  readMember,
} from "#lib/networks/linkedin/authorize";
import { API_VERSION, toToken } from "#lib/networks/linkedin/call-api";
import { capabilities } from "#lib/networks/linkedin/capabilities";
import { publishPost } from "#lib/networks/linkedin/publish-post";
import { type Uploads, uploadMedia, uploadsSchema } from "#lib/networks/linkedin/upload-media";

/** The connector for members of LinkedIn. Their tokens last 60 days and cannot be refreshed. */
export const linkedin: Connector<Uploads> = {
  network: "linkedin",
  label: "LinkedIn",
  capabilities,
  handleSchema: uploadsSchema,
  missingSettings: listMissingSettings,
  apiVersion: API_VERSION,
  denials: ["user_cancelled_login", "user_cancelled_authorize"],
  connectFields: [],
  connect: async (_given, callback) => beginAuthorization(callback),
  authorize: (_begun, { code = "" }, callbackUrl) => finishAuthorization(code, callbackUrl),
  check: async (account) => {
    const { username, displayName } = await readMember(toToken(account));
    return { username, displayName, capabilities };
  },
  prepare: uploadMedia,
  publish: publishPost,
  // Members' posts cannot be read. But LinkedIn refuses to publish the same twice, and says which post it has.
  reconcile: async () => "again",
};
