import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { ConnectError } from "#lib/networks/connect-error";
import type { Authorization } from "#lib/networks/connector";
import { fetchJson } from "#lib/networks/mastodon/fetch-json";
import { findInstance } from "#lib/networks/mastodon/find-instance";
import { listScopes } from "#lib/networks/mastodon/scopes";
import { OutboundError } from "#lib/outbound/outbound-error";
import { say } from "#lib/problems/problem";

/** The name under which servers know this program. */
export const CLIENT_NAME = "Boring Console";

const refusalSchema = z.object({ error: z.string(), error_description: z.string().default("") });
const appSchema = z.object({ client_id: z.string(), client_secret: z.string() });
const metadataSchema = z.object({ code_challenge_methods_supported: z.array(z.string()) });

/** Registers this program with a server and says where its user agrees. Throws `ConnectError`. */
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
