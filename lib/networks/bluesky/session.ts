import { z } from "zod";
import { askServer, type Call, callServer, ownServer } from "#lib/networks/bluesky/server";
import { type ConnectedAccount, type Credential, tokenSchema } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

/** Signs an account in with its app password. */
export const openSession = (server: string, identifier: string, appPassword: string): Promise<Session> =>
  takeSession({ server, method: "com.atproto.server.createSession", input: { identifier, password: appPassword } });

const serviceSchema = z.object({ id: z.string(), serviceEndpoint: z.unknown() });

/** What a server says when it has signed an account in. */
export const sessionSchema = z.object({
  did: z.string().regex(/^did:[a-z]+:[\w.:%-]+$/),
  handle: z.string(),
  accessJwt: tokenSchema,
  refreshJwt: tokenSchema,
  /** Absent in old servers: an account that they know is active. */
  active: z.boolean().default(true),
  didDoc: z
    .object({ service: z.array(serviceSchema) })
    .optional()
    .catch(undefined),
});
export type Session = z.infer<typeof sessionSchema>;

/** Where the account's own server is, when the session says so. */
export const findOwnServer = ({ did, didDoc }: Pick<Session, "did" | "didDoc">): string | undefined => {
  const own = didDoc?.service.find(({ id }) => id === "#atproto_pds" || id === `${did}#atproto_pds`);
  return typeof own?.serviceEndpoint === "string" ? own.serviceEndpoint : undefined;
};

const claimsSchema = z.object({ exp: z.number() });

/** A session that a server makes. Throws `NetworkError` also when it is over before it begins. */
const takeSession = async (call: Call): Promise<Session> => {
  const { answer, headers } = await askServer(call, sessionSchema);
  // By the clock that wrote it, which may be another than ours.
  const theirs = Date.parse(headers.date ?? "");
  const now = Number.isNaN(theirs) ? Date.now() : theirs;
  if (toEnd(answer.accessJwt) > now) return answer;
  throw new NetworkError("unavailable", say("bluesky_session_unusable"));
};

// What is no such token is the server's own matter.
function toEnd(token: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    const { data } = claimsSchema.safeParse(claims);
    return data ? data.exp * 1000 : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

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

/** Ends the session. The app password is the user's to revoke: it may not do so itself. */
export const disconnect = async (account: ConnectedAccount): Promise<void> => {
  const token = account.credential.refreshJwt;
  await callServer(
    { server: ownServer(account), method: "com.atproto.server.deleteSession", token, input: {} },
    z.unknown(),
  );
};
