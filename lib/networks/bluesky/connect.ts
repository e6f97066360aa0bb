import { z } from "zod";
import { capabilities } from "#lib/networks/bluesky/capabilities";
import { findHome, type Identifier, readIdentifier } from "#lib/networks/bluesky/find-home";
import { callServer, ownServer, ServerError, toServerUrl } from "#lib/networks/bluesky/server";
import { findOwnServer, openSession, type Session, sessionSchema } from "#lib/networks/bluesky/session";
import type { AccountFacts, ConnectedAccount, Connection } from "#lib/networks/connector";
import { ConnectError, NetworkError, toNetworkError } from "#lib/networks/network-error";
import type { ConnectField } from "#lib/networks/schema";
import { trimPasted } from "#lib/pasted/schema";
import { say } from "#lib/problems/problem";

const SERVER = "https://bsky.social";
const NO_SERVER = say("bluesky_no_server");
const OWN_PASSWORD = say("bluesky_own_password");
const NO_NAME = say("bluesky_no_name");
const WRONG_PASSWORD = say("bluesky_wrong_password");

const descriptionSchema = z.object({ availableUserDomains: z.array(z.string().regex(/^\.[a-z0-9.-]+$/)).min(1) });

export const connectFields: readonly ConnectField[] = [
  { name: "identifier", kind: "text", example: "alice.bsky.social" },
  { name: "app_password", kind: "secret", example: "abcd-efgh-ijkl-mnop" },
  { name: "server", kind: "url", example: SERVER, preset: SERVER },
];

/**
 * Signs in to an account at its server: the one that the user gives, or the one that the account's name leads to if the
 * user gives none or the wrong one. Then continues at the server that the session names.
 */
export const connect = async (given: Record<string, string>, directory?: string): Promise<Connection> => {
  const { identifier = "", app_password = "", server = "" } = given;
  const appPassword = trimPasted(app_password);
  const named = readIdentifier(identifier);
  if (!named) throw new ConnectError("identifier", NO_NAME);
  try {
    const entrance = toServerUrl(server || SERVER);
    const signedIn = await signIn(entrance, named, appPassword, directory);
    const { session } = signedIn;
    if (!session.active) throw new ConnectError("identifier", say("bluesky_account_gone"));
    return await toConnection(toServerUrl(findOwnServer(session) ?? signedIn.server), session, appPassword);
  } catch (thrown) {
    throw toConnectError(thrown);
  }
};

type SignedIn = { server: string; session: Session };

async function signIn(entrance: string, named: Identifier, password: string, directory?: string): Promise<SignedIn> {
  const name = named.kind === "short" ? await toHandle(entrance, named.name) : named.name;
  const signInAt = async (server: string) => ({ server, session: await openSession(server, name, password) });
  const isByName = named.kind === "handle" || named.kind === "did";
  const findOther = async () => {
    const home = isByName ? await findHome(entrance, named, directory) : undefined;
    return home === entrance ? undefined : home;
  };
  // A password is sent to a server other than the account's own only if the user names that server.
  if (entrance === SERVER) return signInAt((await findOther()) ?? entrance);
  try {
    return await signInAt(entrance);
  } catch (thrown) {
    const isUnknown = thrown instanceof ServerError && thrown.code === "AuthenticationRequired";
    const home = isUnknown ? await findOther() : undefined;
    if (home === undefined) throw thrown;
    return signInAt(home);
  }
}

// A name without a domain belongs to the server itself.
async function toHandle(server: string, name: string): Promise<string> {
  const method = "com.atproto.server.describeServer";
  const { data } = descriptionSchema.safeParse(
    await callServer({ server, method }, z.unknown()).catch(() => undefined),
  );
  return name + (data?.availableUserDomains[0] ?? `.${new URL(server).hostname}`);
}

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
  const { status, code, reason, problem } = failure;
  if (reason === "rate_limited" || status === 408 || status >= 500) return failure;
  if (code === undefined) return new ConnectError("server", NO_SERVER, cause);
  if (code === "AuthFactorTokenRequired") return new ConnectError("app_password", OWN_PASSWORD, cause);
  if (code === "AuthenticationRequired") return new ConnectError("app_password", WRONG_PASSWORD, cause);
  return new ConnectError("identifier", problem, cause);
}

const UNVERIFIED_HANDLE = "handle.invalid";

const profileSchema = z.object({ value: z.object({ displayName: z.string().optional() }) });

/** The account's names, from its handle and its profile on the server. */
const readFacts = async (server: string, { did, handle }: Record<"did" | "handle", string>): Promise<AccountFacts> => {
  const username = handle === UNVERIFIED_HANDLE ? did : handle;
  const query = { repo: did, collection: "app.bsky.actor.profile", rkey: "self" };
  const displayName = await callServer({ server, method: "com.atproto.repo.getRecord", query }, profileSchema).then(
    ({ value }) => value.displayName,
    (thrown) => {
      // An account that has never edited its profile has none.
      if (thrown instanceof ServerError && thrown.reason === "refused") return undefined;
      throw thrown;
    },
  );
  return { username, displayName: displayName?.trim() || username, capabilities };
};

const currentSessionSchema = sessionSchema.pick({ did: true, handle: true, active: true });

/** Checks that the session is still valid and returns the account's current names. */
export const check = async (account: ConnectedAccount): Promise<AccountFacts> => {
  const server = ownServer(account);
  const token = account.credential.accessJwt;
  const session = await callServer({ server, method: "com.atproto.server.getSession", token }, currentSessionSchema);
  if (!session.active) throw new NetworkError("revoked", say("bluesky_account_gone"));
  return readFacts(server, session);
};
