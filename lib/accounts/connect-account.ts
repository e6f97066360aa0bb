import { randomBytes } from "node:crypto";
import { callbackUrl } from "#lib/accounts/callback-url";
import { readGiven } from "#lib/accounts/read-given";
import { saveAuthorization } from "#lib/accounts/save-authorization";
import { saveConnection } from "#lib/accounts/save-connection";
import type { ConnectAnswer, ConnectRequest } from "#lib/accounts/schema";
import { toAccount } from "#lib/accounts/to-account";
import { toConnectProblem } from "#lib/accounts/to-connect-problem";
import type { UserActor } from "#lib/audit/schema";
import { ApiError } from "#lib/errors";
import { findConnector, listConnectors } from "#lib/networks/registry";
import { withinTime } from "#lib/networks/within-time";
import { say } from "#lib/problems/problem";

const LONGEST_MILLISECONDS = 45_000;

/**
 * Connects an account of a network with what the user gave, or begins to and says where the user has to agree. Throws a
 * 400 that names the field that is wrong, and 503 when the network cannot be reached.
 */
export const connectAccount = async (actor: UserActor, { network, fields }: ConnectRequest): Promise<ConnectAnswer> => {
  const connector = findConnector(network);
  if (!connector?.connect) throw cannotConnect();
  const given = readGiven(connector.connectFields, fields);
  const state = randomBytes(32).toString("base64url");
  const connecting = connector.connect(given, { url: callbackUrl(), state });
  const result = await withinTime(LONGEST_MILLISECONDS, connecting).catch((thrown: unknown) => {
    throw toConnectProblem(thrown);
  });
  if ("authorizationUrl" in result) {
    await saveAuthorization({ userId: actor.userId, network, state }, result);
    return { authorization_url: result.authorizationUrl };
  }
  const account = toAccount(await saveConnection(actor, network, result));
  return { ...account, ...(result.shown && { shown: result.shown }) };
};

function cannotConnect(): ApiError {
  const names = listConnectors().flatMap(({ network, connect }) => (connect ? [network] : []));
  const message = say("expected_one_of", { values: names.join(", ") });
  return new ApiError("InvalidPlatform", message, { fields: { network: [message] } });
}
