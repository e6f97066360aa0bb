import { randomBytes } from "node:crypto";
import { saveChoices } from "#lib/accounts/choose-accounts";
import { findObstacles } from "#lib/accounts/get-account";
import { callbackUrl, saveAuthorization, saveConnection } from "#lib/accounts/save-connection";
import type { ConnectAnswer, ConnectRequest } from "#lib/accounts/schema";
import { toAccount } from "#lib/accounts/to-account";
import type { MemberActor } from "#lib/audit/schema";
import { settings } from "#lib/env";
import { ApiError, type FieldErrors } from "#lib/errors";
import type { Connector } from "#lib/networks/connector";
import { ConnectError, NetworkError } from "#lib/networks/network-error";
import { findConnector, listConnectors } from "#lib/networks/registry";
import type { ConnectField } from "#lib/networks/schema";
import { withinTime } from "#lib/networks/within-time";
import { askToRemove, cleanAddress, findInvisible, trimPasted, withoutInvisible } from "#lib/pasted/schema";
import { type Problem, say } from "#lib/problems/problem";

const LONGEST_MILLISECONDS = 45_000;

/**
 * Connects an account with what the user gave, or starts an authorization and returns where the user must agree. Throws a
 * 400 that names the wrong field, and 503 when the network cannot be reached.
 */
export const connectAccount = async (
  actor: MemberActor,
  { network, fields }: ConnectRequest,
): Promise<ConnectAnswer> => {
  const connector = findConnector(network);
  if (!connector?.connect) throw cannotConnect();
  requireOperator(connector);
  const given = readGiven(connector.connectFields, fields);
  const state = randomBytes(32).toString("base64url");
  const connecting = connector.connect(given, { url: callbackUrl(), state });
  const result = await withinTime(LONGEST_MILLISECONDS, connecting).catch((thrown: unknown) => {
    throw toConnectProblem(thrown);
  });
  if ("authorizationUrl" in result) {
    await saveAuthorization(actor, { network, state }, result);
    return { authorization_url: result.authorizationUrl };
  }
  if ("choices" in result) return saveChoices(actor, network, result);
  const account = toAccount(await saveConnection(actor, network, result));
  return { ...account, ...(result.shown && { shown: result.shown }) };
};

function cannotConnect(): ApiError {
  const names = listConnectors().flatMap(({ network, connect }) => (connect ? [network] : []));
  const message = say("expected_one_of", { values: names.join(", ") });
  return new ApiError("InvalidPlatform", message, { fields: { network: [message] } });
}

// Nothing that the user could change helps, so the sentence says what the operator has to do.
function requireOperator(connector: Connector): void {
  const { label } = connector;
  const { missing_settings: missing, unmet_needs: unmet } = findObstacles(connector);
  const refuse = (problem: Problem) => new ApiError("InvalidState", problem, { fields: { network: [problem] } });
  if (missing.length > 0) throw refuse(say("network_settings_missing", { label, names: missing.join(", ") }));
  if (unmet.includes("https")) throw refuse(say("network_needs_https", { label, url: settings().publicUrl }));
  if (unmet.length > 0) throw refuse(say("network_needs_public_address", { label, url: settings().publicUrl }));
}

/** Normalises what a user gave to connect and fills in presets. Throws a 400 naming each wrong field. */
export const readGiven = (
  connectFields: readonly ConnectField[],
  fields: Record<string, string>,
): Record<string, string> => {
  const given = new Map(connectFields.map((field) => [field.name, clean(field, fields[field.name]) || field.preset]));
  const missing = [...given.keys()].filter((name) => given.get(name) === undefined);
  if (missing.length > 0) {
    throw new ApiError("MissingParameter", say("field_missing", { path: `fields.${missing[0]}` }), {
      fields: toErrors(missing, say("field_required")),
    });
  }
  const unknown = Object.keys(fields).filter((name) => !given.has(name));
  if (unknown.length > 0) {
    const problem = say("field_unknown");
    throw new ApiError("InvalidRequest", problem, { at: `fields.${unknown[0]}`, fields: toErrors(unknown, problem) });
  }
  const blurred = connectFields.find(({ name, kind }) => kind !== "secret" && findInvisible(given.get(name) ?? ""));
  if (blurred) {
    const problem = askToRemove(given.get(blurred.name) ?? "");
    throw new ApiError("InvalidRequest", problem, { fields: toErrors([blurred.name], problem) });
  }
  return Object.fromEntries([...given].map(([name, value]) => [name, value ?? ""]));
};

// A password may contain any character, so only invisible characters around it are removed.
function clean({ kind }: ConnectField, text = ""): string {
  if (kind === "secret") return trimPasted(text);
  return kind === "url" ? cleanAddress(text) : withoutInvisible(text);
}

function toErrors(names: string[], problem: Problem): FieldErrors {
  return Object.fromEntries(names.map((name) => [`fields.${name}`, [problem]]));
}

const DEFAULT_RETRY_SECONDS = 30;

/**
 * Converts a connector's error to an API error: 400 if another value or permission would help, 429 or 503 if waiting would.
 * Returns any other error unchanged.
 */
export const toConnectProblem = (thrown: unknown): unknown => {
  if (thrown instanceof ConnectError) {
    const { field, problem } = thrown;
    return new ApiError("InvalidRequest", problem, { fields: { [`fields.${field}`]: [problem] }, cause: thrown });
  }
  if (!(thrown instanceof NetworkError)) return thrown;
  const details = { headers: { "Retry-After": String(toSeconds(thrown.retryAt)) }, cause: thrown };
  if (thrown.reason === "rate_limited") {
    return new ApiError("RateLimitExceeded", say("network_pause"), details);
  }
  if (thrown.reason === "unavailable" || thrown.reason === "uncertain") {
    const message = say("network_away");
    return new ApiError("ServiceUnavailable", message, details);
  }
  return new ApiError("InvalidRequest", thrown.problem, { cause: thrown });
};

function toSeconds(retryAt: Date | undefined): number {
  if (!retryAt) return DEFAULT_RETRY_SECONDS;
  return Math.max(1, Math.ceil((retryAt.getTime() - Date.now()) / 1000));
}
