import type { Session } from "#lib/networks/bluesky/session";
import { takeSession } from "#lib/networks/bluesky/take-session";

/** Signs an account in with its app password. */
export const openSession = (server: string, identifier: string, appPassword: string): Promise<Session> =>
  takeSession({ server, method: "com.atproto.server.createSession", input: { identifier, password: appPassword } });
