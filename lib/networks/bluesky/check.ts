import { callServer } from "#lib/networks/bluesky/call-server";
import { ownServer } from "#lib/networks/bluesky/own-server";
import { readFacts } from "#lib/networks/bluesky/read-facts";
import { sessionSchema } from "#lib/networks/bluesky/session";
import type { AccountFacts, ConnectedAccount } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

const currentSessionSchema = sessionSchema.pick({ did: true, handle: true, active: true });

/** Asks whether the session still holds, and what the account is called by now. */
export const check = async (account: ConnectedAccount): Promise<AccountFacts> => {
  const server = ownServer(account);
  const token = account.credential.accessJwt;
  const session = await callServer({ server, method: "com.atproto.server.getSession", token }, currentSessionSchema);
  if (!session.active) throw new NetworkError("revoked", say("bluesky_account_gone"));
  return readFacts(server, session);
};
