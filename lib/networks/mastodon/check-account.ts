import { z } from "zod";
import type { AccountFacts } from "#lib/networks/connector";
import { callApi } from "#lib/networks/mastodon/call-api";
import { type Instance, readInstance } from "#lib/networks/mastodon/read-instance";
import { idSchema } from "#lib/networks/mastodon/status";
import { toLine } from "#lib/networks/mastodon/to-line";
import type { Session } from "#lib/networks/mastodon/to-session";
import { NetworkError } from "#lib/networks/network-error";
import { toNetworkError } from "#lib/networks/to-network-error";
import { say } from "#lib/problems/problem";

const accountSchema = z.object({
  id: idSchema,
  username: z.string(),
  display_name: z.string().catch(""),
});

/** Asks a server whose session it is and what it takes. Throws `NetworkError`. */
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
