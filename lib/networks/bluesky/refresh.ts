import { callServer } from "#lib/networks/bluesky/call-server";
import { openSession } from "#lib/networks/bluesky/open-session";
import { ownServer } from "#lib/networks/bluesky/own-server";
import { ServerError } from "#lib/networks/bluesky/server-error";
import { type Session, sessionSchema } from "#lib/networks/bluesky/session";
import type { ConnectedAccount, Credential } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";

const HOPELESS = ["refused", "expired", "revoked"];

/**
 * A new session for one that expired: by its refresh token, which works once and for three months, else by the app
 * password, which works until the user revokes it.
 */
export const refresh = async (account: ConnectedAccount): Promise<{ credential: Credential; expiresAt: null }> => {
  const { appPassword = "" } = account.credential;
  const { accessJwt, refreshJwt, active } = await renew(account).catch((thrown) => {
    if (!(thrown instanceof ServerError && HOPELESS.includes(thrown.reason))) throw thrown;
    return openSession(ownServer(account), account.networkUserId, appPassword);
  });
  if (!active) throw new NetworkError("revoked", "This account is deactivated, deleted or taken down.");
  return { credential: { accessJwt, refreshJwt, appPassword }, expiresAt: null };
};

function renew(account: ConnectedAccount): Promise<Session> {
  const token = account.credential.refreshJwt;
  return callServer(
    { server: ownServer(account), method: "com.atproto.server.refreshSession", token, input: {} },
    sessionSchema,
  );
}
