import { z } from "zod";
import { currentTime } from "#lib/clock";
import { settings } from "#lib/env";
import { type AccountFacts, type Authorization, type Connection, tokenSchema } from "#lib/networks/connector";
import { callApi, fetchAnswer, signInUrl } from "#lib/networks/linkedin/call-api";
import { capabilities } from "#lib/networks/linkedin/capabilities";
import { NetworkError, toNetworkError } from "#lib/networks/network-error";
import { withoutInvisible } from "#lib/pasted/schema";
import { say } from "#lib/problems/problem";

const SCOPES = ["openid", "profile", "w_member_social"];

/** The operator's settings without which nobody can connect, as far as they are missing. */
export const listMissingSettings = (): string[] => {
  const { LINKEDIN_CLIENT_ID, LINKEDIN_CLIENT_SECRET } = settings().networkCredentials;
  return [
    ...(LINKEDIN_CLIENT_ID ? [] : ["LINKEDIN_CLIENT_ID"]),
    ...(LINKEDIN_CLIENT_SECRET ? [] : ["LINKEDIN_CLIENT_SECRET"]),
  ];
};

/** Where the member must agree. */
export const beginAuthorization = (callback: { url: string; state: string }): Authorization => {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: settings().networkCredentials.LINKEDIN_CLIENT_ID ?? "",
    redirect_uri: callback.url,
    state: callback.state,
    scope: SCOPES.join(" "),
  });
  const serverUrl = signInUrl();
  return { authorizationUrl: `${serverUrl}/oauth/v2/authorization?${query}`, serverUrl, credential: {} };
};

/** Exchanges the code that the member brought back for a token. Throws `NetworkError`. */
export const finishAuthorization = async (code: string, callbackUrl: string): Promise<Connection> => {
  const { accessToken, expiresAt } = await takeToken(code, callbackUrl);
  const { memberId, ...facts } = await readMember(accessToken);
  return { ...facts, networkUserId: memberId, serverUrl: null, credential: { accessToken }, expiresAt };
};

const tokenAnswerSchema = z.object({
  access_token: tokenSchema,
  expires_in: z.int().positive().max(31_536_000),
  scope: z.string().optional(),
});

async function takeToken(code: string, callbackUrl: string): Promise<{ accessToken: string; expiresAt: Date }> {
  const { LINKEDIN_CLIENT_ID = "", LINKEDIN_CLIENT_SECRET = "" } = settings().networkCredentials;
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    code,
    redirect_uri: callbackUrl,
    client_id: LINKEDIN_CLIENT_ID,
    client_secret: LINKEDIN_CLIENT_SECRET,
  });
  const { status, json } = await fetchAnswer(`${signInUrl()}/oauth/v2/accessToken`, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
    body: form.toString(),
  }).catch((thrown) => {
    throw toNetworkError(thrown);
  });
  if (status === 429 || status >= 500) throw new NetworkError("unavailable", say("linkedin_fault"));
  const { data } = tokenAnswerSchema.safeParse(json);
  if (status !== 200)
    throw new NetworkError("refused", say("linkedin_app_refused"), { cause: new Error(describeRefusal(json)) });
  if (!data) throw new NetworkError("unavailable", say("linkedin_senseless"));
  // Commas or spaces, depending on the page of the documentation.
  const granted = data.scope?.split(/[\s,]+/);
  if (granted && !granted.includes("w_member_social")) {
    throw new NetworkError("refused", say("linkedin_not_allowed"));
  }
  return { accessToken: data.access_token, expiresAt: new Date(currentTime() + data.expires_in * 1000) };
}

const refusalSchema = z.object({ error: z.string().regex(/^\w{1,60}$/) });

// The description may repeat what was sent, so only the name of the error is kept.
function describeRefusal(json: unknown): string {
  return refusalSchema.safeParse(json).data?.error ?? "an unnamed error";
}

const memberSchema = z.object({ sub: z.string().regex(/^[\w-]{1,64}$/), name: z.string().catch("") });

/** Reads who a token is of. Throws `NetworkError`. */
export const readMember = async (token: string): Promise<AccountFacts & { memberId: string }> => {
  const { json } = await callApi(token, "/v2/userinfo");
  const { data } = memberSchema.safeParse(json);
  if (!data) throw new NetworkError("unavailable", say("linkedin_senseless"));
  const name = withoutInvisible(data.name) || data.sub;
  return { memberId: data.sub, username: name, displayName: name, capabilities };
};
