import { callServer } from "#lib/networks/bluesky/call-server";
import { type Session, sessionSchema } from "#lib/networks/bluesky/session";

/** Signs an account in with its app password. */
export const openSession = (server: string, identifier: string, appPassword: string): Promise<Session> =>
  callServer(
    { server, method: "com.atproto.server.createSession", input: { identifier, password: appPassword } },
    sessionSchema,
  );
