import type { ConnectedAccount } from "#lib/networks/connector";
import { callApi } from "#lib/networks/mastodon/call-api";
import { toSession } from "#lib/networks/mastodon/to-session";

/** Makes the server forget the token of an account. Throws `NetworkError`. */
export const revokeToken = async (account: ConnectedAccount): Promise<void> => {
  const session = toSession(account);
  const { clientId = "", clientSecret = "" } = account.credential;
  const form = { client_id: clientId, client_secret: clientSecret, token: session.token };
  await callApi(session, "/oauth/revoke", { method: "POST", form });
};
