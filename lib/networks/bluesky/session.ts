import { z } from "zod";
import { askServer, type Call, callServer, ownServer } from "#lib/networks/bluesky/server";
import { type ConnectedAccount, type Credential, tokenSchema } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

/** Signs in with an app password. */
export const openSession = (server: string, identifier: string, appPassword: string): Promise<Session> =>
  takeSession({ server, method: "com.atproto.server.createSession", input: { identifier, password: appPassword } });

const serviceSchema = z.object({ id: z.string(), serviceEndpoint: z.unknown() });

/** The answer to signing in. */
export const sessionSchema = z.object({
  did: z.string().regex(/^did:[a-z]+:[\w.:%-]+$/),
  handle: z.string(),
  accessJwt: tokenSchema,
  refreshJwt: tokenSchema,
  /** Older servers leave it out. Any account that they know is active. */
  active: z.boolean().default(true),
  didDoc: z
    .object({ service: z.array(serviceSchema) })
    .optional()
    .catch(undefined),
});
export type Session = z.infer<typeof sessionSchema>;

/** The account's own server, if the session names it. */
export const findOwnServer = ({ did, didDoc }: Pick<Session, "did" | "didDoc">): string | undefined => {
  const own = didDoc?.service.find(({ id }) => id === "#atproto_pds" || id === `${did}#atproto_pds`);
  return typeof own?.serviceEndpoint === "string" ? own.serviceEndpoint : undefined;
};

const claimsSchema = z.object({ exp: z.number() });

/** Creates a session at a server. Throws `NetworkError`, including when the session has already expired. */
const takeSession = async (call: Call): Promise<Session> => {
  const { answer, headers } = await askServer(call, sessionSchema);
  // Compared with the server's own clock, which may differ from ours.
  const theirs = Date.parse(headers.date ?? "");
  const now = Number.isNaN(theirs) ? Date.now() : theirs;
  if (toEnd(answer.accessJwt) > now) return answer;
  throw new NetworkError("unavailable", say("bluesky_session_unusable"));
};

// A token in another format counts as one that never expires.
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
 * Replaces an expired session. Uses the refresh token, which works once and for three months, or else the app password,
 * which works until the user revokes it.
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

// Undefined when the refresh token no longer works, or when it returns the same tokens as before.
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

/** Ends the session. Only the user can revoke the app password; a session made with it may not. */
export const disconnect = async (account: ConnectedAccount): Promise<void> => {
  const token = account.credential.refreshJwt;
  await callServer(
    { server: ownServer(account), method: "com.atproto.server.deleteSession", token, input: {} },
    z.unknown(),
  );
};
