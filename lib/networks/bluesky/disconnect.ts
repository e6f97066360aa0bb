import { z } from "zod";
import { callServer } from "#lib/networks/bluesky/call-server";
import { ownServer } from "#lib/networks/bluesky/own-server";
import type { ConnectedAccount } from "#lib/networks/connector";

/** Ends the session. The app password is the user's to revoke: it may not do so itself. */
export const disconnect = async (account: ConnectedAccount): Promise<void> => {
  const token = account.credential.refreshJwt;
  await callServer(
    { server: ownServer(account), method: "com.atproto.server.deleteSession", token, input: {} },
    z.unknown(),
  );
};
