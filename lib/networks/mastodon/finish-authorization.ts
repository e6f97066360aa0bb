import { z } from "zod";
import type { Authorization, Connection } from "#lib/networks/connector";
import { checkAccount } from "#lib/networks/mastodon/check-account";
import { explainAnswer } from "#lib/networks/mastodon/explain-answer";
import { fetchJson } from "#lib/networks/mastodon/fetch-json";
import { NetworkError } from "#lib/networks/network-error";
import { toNetworkError } from "#lib/networks/to-network-error";
import { tokenSchema } from "#lib/networks/token-schema";
import { say } from "#lib/problems/problem";

const answerSchema = z.object({ access_token: z.unknown() });

/** Takes the token for the code that the user came back with. Throws `NetworkError`. */
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
  // 401 is about this program here, not about an account.
  const refusal = await explainAnswer({ ...answer, status: answer.status === 401 ? 400 : answer.status });
  throw new NetworkError(refusal.reason, refusal.problem, { retryAt: refusal.retryAt });
}

function toToken(given: unknown): string {
  const { data } = tokenSchema.safeParse(given);
  if (data === undefined) throw new NetworkError("refused", say("server_token_unusable"));
  return data;
}
