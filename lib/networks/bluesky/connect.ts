import { openSession } from "#lib/networks/bluesky/open-session";
import { readFacts } from "#lib/networks/bluesky/read-facts";
import { ServerError } from "#lib/networks/bluesky/server-error";
import { findOwnServer, type Session } from "#lib/networks/bluesky/session";
import { toServerUrl } from "#lib/networks/bluesky/to-server-url";
import { ConnectError } from "#lib/networks/connect-error";
import type { Connection } from "#lib/networks/connector";
import type { ConnectField } from "#lib/networks/schema";
import { toNetworkError } from "#lib/networks/to-network-error";

const SERVER = "https://bsky.social";
const NO_SERVER =
  "No server of Bluesky’s kind answers at this address, or something in front of it keeps programs out. Check it, or try again later.";
const OWN_PASSWORD = "This is the account’s own password. Give an app password instead.";
const WRONG_PASSWORD = "Bluesky does not know this handle with this app password.";

export const connectFields: readonly ConnectField[] = [
  { name: "identifier", kind: "text", example: "alice.bsky.social" },
  { name: "app_password", kind: "secret", example: "abcd-efgh-ijkl-mnop" },
  { name: "server", kind: "url", example: SERVER, preset: SERVER },
];

/** Signs in where the user says and goes on at the account's own server, which may be another one. */
export const connect = async (given: Record<string, string>): Promise<Connection> => {
  const { identifier = "", app_password: appPassword = "", server = "" } = given;
  const name = identifier.trim().replace(/^@/, "");
  try {
    const session = await openSession(toServerUrl(server || SERVER), name, appPassword.trim());
    if (!session.active) throw new ConnectError("identifier", "This account is deactivated, deleted or taken down.");
    return await toConnection(toServerUrl(findOwnServer(session) ?? (server || SERVER)), session, appPassword.trim());
  } catch (thrown) {
    throw toConnectError(thrown);
  }
};

async function toConnection(serverUrl: string, session: Session, appPassword: string): Promise<Connection> {
  const { did, accessJwt, refreshJwt } = session;
  return {
    ...(await readFacts(serverUrl, session)),
    networkUserId: did,
    serverUrl,
    credential: { accessJwt, refreshJwt, appPassword },
    // The app password outlives every session.
    expiresAt: null,
  };
}

function toConnectError(thrown: unknown): Error {
  if (thrown instanceof ConnectError) return thrown;
  const failure = toNetworkError(thrown);
  const cause = { cause: thrown };
  if (!(failure instanceof ServerError)) return new ConnectError("server", NO_SERVER, cause);
  const { status, code, reason, message } = failure;
  if (reason === "rate_limited" || status === 408 || status >= 500) return failure;
  if (code === undefined) return new ConnectError("server", NO_SERVER, cause);
  if (code === "AuthFactorTokenRequired") return new ConnectError("app_password", OWN_PASSWORD, cause);
  if (code === "AuthenticationRequired") return new ConnectError("app_password", WRONG_PASSWORD, cause);
  return new ConnectError("identifier", message, cause);
}
