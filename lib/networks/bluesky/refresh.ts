import { openSession } from "#lib/networks/bluesky/open-session";
import { ownServer } from "#lib/networks/bluesky/own-server";
import type { Session } from "#lib/networks/bluesky/session";
import { takeSession } from "#lib/networks/bluesky/take-session";
import type { ConnectedAccount, Credential } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

const HOPELESS = ["refused", "expired", "revoked"];

/**
 * A new session for one that expired: by its refresh token, which works once and for three months, else by the app
 * password, which works until the user revokes it.
 */
export const refresh = async (account: ConnectedAccount): Promise<{ credential: Credential; expiresAt: null }> => {
  const { networkUserId, credential } = account;
  const { appPassword = "" } = credential;
  const renewed = await renew(account);
  const session = renewed ?? (await openSession(ownServer(account), networkUserId, appPassword));
  if (!session.active) throw new NetworkError("revoked", say("bluesky_account_gone"));
  if (session.did !== networkUserId) {
    throw new NetworkError("unavailable", say("bluesky_session_unusable"));
  }
  const { accessJwt, refreshJwt } = session;
  return { credential: { accessJwt, refreshJwt, appPassword }, expiresAt: null };
};

// Undefined where the refresh token is of no use any more, or brings nothing but what there was before.
async function renew(account: ConnectedAccount): Promise<Session | undefined> {
  const { accessJwt, refreshJwt: token } = account.credential;
  const call = { server: ownServer(account), method: "com.atproto.server.refreshSession", token, input: {} };
  try {
    const session = await takeSession(call);
    return session.accessJwt === accessJwt && session.refreshJwt === token ? undefined : session;
  } catch (thrown) {
    if (thrown instanceof NetworkError && HOPELESS.includes(thrown.reason)) return undefined;
    throw thrown;
  }
}
