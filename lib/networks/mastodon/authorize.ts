import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import {
  type AccountFacts,
  type Authorization,
  type ConnectedAccount,
  type Connection,
  tokenSchema,
} from "#lib/networks/connector";
import { callApi, explainAnswer, fetchJson, type Session, toLine, toSession } from "#lib/networks/mastodon/call-api";
import { findInstance, type Instance, readInstance } from "#lib/networks/mastodon/find-instance";
import { idSchema } from "#lib/networks/mastodon/status";
import { ConnectError, NetworkError, toNetworkError } from "#lib/networks/network-error";
import { OutboundError } from "#lib/outbound/outbound-error";
import { say } from "#lib/problems/problem";

const MAX_SERVERS = 1000;

// The scopes for publishing and managing posts, then coarser ones for servers that do not know fine scopes.
const SCOPES = ["read:accounts read:statuses write:statuses write:media", "read write", "write"];

// Kept per process: another process will ask the user to try again once more.
const coarser = new Map<string, number>();

/** The scopes to try at a server, narrowest first. */
const listScopes = (serverUrl: string): readonly string[] => SCOPES.slice(coarser.get(serverUrl) ?? 0);

/** Remembers that a server did not know the requested scopes. */
export const noteUnknownScopes = (serverUrl: string): void => {
  if (coarser.size >= MAX_SERVERS) coarser.clear();
  coarser.set(serverUrl, Math.min((coarser.get(serverUrl) ?? 0) + 1, SCOPES.length - 1));
};

/** The application name that servers show. */
export const CLIENT_NAME = "Boring Console";

const refusalSchema = z.object({ error: z.string(), error_description: z.string().default("") });
const appSchema = z.object({ client_id: z.string(), client_secret: z.string() });
const metadataSchema = z.object({ code_challenge_methods_supported: z.array(z.string()) });

/** Registers this application with a server and returns where the user must agree. Throws `ConnectError`. */
export const beginAuthorization = async (
  given: string,
  callback: { url: string; state: string },
): Promise<Authorization> => {
  const { serverUrl } = await findInstance(given);
  const { scopes, ...app } = await orConnectError(registerApp(serverUrl, callback.url));
  const codeVerifier = (await orConnectError(takesChallenges(serverUrl))) ? randomBytes(32).toString("base64url") : "";
  const query = new URLSearchParams({
    response_type: "code",
    client_id: app.client_id,
    redirect_uri: callback.url,
    scope: scopes,
    state: callback.state,
    ...(codeVerifier && { code_challenge: toChallenge(codeVerifier), code_challenge_method: "S256" }),
  });
  return {
    authorizationUrl: `${serverUrl}/oauth/authorize?${query}`,
    serverUrl,
    credential: { clientId: app.client_id, clientSecret: app.client_secret, codeVerifier },
  };
};

type App = z.infer<typeof appSchema> & { scopes: string };

async function registerApp(serverUrl: string, redirectUri: string): Promise<App> {
  for (const scopes of listScopes(serverUrl)) {
    const form = { client_name: CLIENT_NAME, redirect_uris: redirectUri, scopes };
    const answer = await fetchJson(`${serverUrl}/api/v1/apps`, { method: "POST", form });
    const parsed = appSchema.safeParse(answer.json);
    if (answer.status < 300 && parsed.success) return { ...parsed.data, scopes };
    const { data: refusal } = refusalSchema.safeParse(answer.json);
    if (!/scope/i.test(`${refusal?.error} ${refusal?.error_description}`)) break;
  }
  throw new ConnectError("instance", say("instance_closed"));
}

async function takesChallenges(serverUrl: string): Promise<boolean> {
  const answer = await fetchJson(`${serverUrl}/.well-known/oauth-authorization-server`);
  const { data } = metadataSchema.safeParse(answer.json);
  return answer.status === 200 && data?.code_challenge_methods_supported.includes("S256") === true;
}

async function orConnectError<Result>(work: Promise<Result>): Promise<Result> {
  return work.catch((cause) => {
    if (!(cause instanceof OutboundError)) throw cause;
    throw new ConnectError("instance", say("instance_away"), { cause });
  });
}

function toChallenge(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

const answerSchema = z.object({ access_token: z.unknown() });

/** Exchanges the code that the user brought back for a token. Throws `NetworkError`. */
export const finishAuthorization = async (
  { serverUrl, credential }: Authorization,
  code: string,
  callbackUrl: string,
): Promise<Connection> => {
  const { clientId = "", clientSecret = "", codeVerifier } = credential;
  const form = {
    grant_type: "authorization_code",
    code,
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: callbackUrl,
    ...(codeVerifier && { code_verifier: codeVerifier }),
  };
  const accessToken = await takeToken(serverUrl, form);
  const { id, ...facts } = await checkAccount({ serverUrl, token: accessToken });
  return {
    ...facts,
    networkUserId: `${id}@${new URL(serverUrl).host}`,
    serverUrl,
    credential: { clientId, clientSecret, accessToken },
    expiresAt: null,
  };
};

async function takeToken(serverUrl: string, form: Record<string, string>): Promise<string> {
  const answer = await fetchJson(`${serverUrl}/oauth/token`, { method: "POST", form }).catch((thrown) => {
    throw toNetworkError(thrown);
  });
  const { data } = answerSchema.safeParse(answer.json);
  if (answer.status === 200 && data) return toToken(data.access_token);
  // Here, 401 concerns this application and not an account.
  const refusal = await explainAnswer({ ...answer, status: answer.status === 401 ? 400 : answer.status });
  throw new NetworkError(refusal.reason, refusal.problem, { retryAt: refusal.retryAt });
}

function toToken(given: unknown): string {
  const { data } = tokenSchema.safeParse(given);
  if (data === undefined) throw new NetworkError("refused", say("server_token_unusable"));
  return data;
}

const accountSchema = z.object({
  id: idSchema,
  username: z.string(),
  display_name: z.string().catch(""),
});

/** Reads a session's account and the limits of its server. Throws `NetworkError`. */
export const checkAccount = async (session: Session): Promise<AccountFacts & { id: string }> => {
  const answer = await callApi(session, "/api/v1/accounts/verify_credentials");
  const { data: account } = accountSchema.safeParse(answer.json);
  const instance = await askInstance(session);
  if (!account || !instance) throw new NetworkError("unavailable", say("server_senseless"));
  const username = toLine(account.username);
  return {
    id: account.id,
    username: `${username}@${instance.domain}`,
    displayName: toLine(account.display_name) || username,
    capabilities: instance.capabilities,
  };
};

async function askInstance({ serverUrl }: Session): Promise<Instance | undefined> {
  return readInstance(serverUrl).catch((thrown) => {
    const { problem, cause } = toNetworkError(thrown);
    throw new NetworkError("unavailable", problem, { cause });
  });
}

/** Revokes an account's token at its server. Throws `NetworkError`. */
export const revokeToken = async (account: ConnectedAccount): Promise<void> => {
  const session = toSession(account);
  const { clientId = "", clientSecret = "" } = account.credential;
  const form = { client_id: clientId, client_secret: clientSecret, token: session.token };
  await callApi(session, "/oauth/revoke", { method: "POST", form });
};
