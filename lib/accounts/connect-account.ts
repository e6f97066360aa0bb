import { randomBytes } from "node:crypto";
import { readStoredCredential } from "#lib/accounts/refresh-credential";
import { callbackUrl, hashState, saveAuthorization, saveConnection } from "#lib/accounts/save-connection";
import type { ConnectAnswer, ConnectRequest, Outcome } from "#lib/accounts/schema";
import { toAccount } from "#lib/accounts/to-account";
import type { MemberActor, UserActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { PendingConnection } from "#lib/db/generated/client";
import { ApiError, type FieldErrors } from "#lib/errors";
import { log, toLogFields } from "#lib/log";
import type { Authorization, Connection, Connector } from "#lib/networks/connector";
import { ConnectError, NetworkError } from "#lib/networks/network-error";
import { findConnector, getConnector, listConnectors } from "#lib/networks/registry";
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
  const account = toAccount(await saveConnection(actor, network, result));
  return { ...account, ...(result.shown && { shown: result.shown }) };
};

function cannotConnect(): ApiError {
  const names = listConnectors().flatMap(({ network, connect }) => (connect ? [network] : []));
  const message = say("expected_one_of", { values: names.join(", ") });
  return new ApiError("InvalidPlatform", message, { fields: { network: [message] } });
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

/** The query with which a network sends the user back. */
type Return = { state?: string | undefined } & Record<string, string | undefined>;

/** How a connection ended, and for which organization. Null when it is not known to have begun. */
type Finished = { outcome: Outcome; organizationId: string | null };

/**
 * Finishes a connection after the user agreed or declined on the network's own page. A `state` works once, and only for the
 * user who began. The account belongs to the organization in which they began.
 */
export const finishConnection = async (actor: UserActor, { state, ...query }: Return): Promise<Finished> => {
  const pending = state ? await takePending(actor.userId, hashState(state)) : undefined;
  if (!pending) return { outcome: "stale", organizationId: null };
  const { organizationId } = pending;
  return { outcome: await finish({ ...actor, organizationId }, pending, query), organizationId };
};

async function finish(member: MemberActor, pending: PendingConnection, query: Return): Promise<Outcome> {
  const { error } = query;
  if (error === "access_denied") return "denied";
  const connector = getConnector(pending.network);
  const begun = toBegun(pending);
  if (error) connector.decline?.(begun, error);
  if (error || Object.keys(query).length === 0) return "refused";
  try {
    await saveConnection(member, pending.network, await authorize(connector, begun, query));
    return "connected";
  } catch (thrown) {
    return toOutcome(thrown);
  }
}

async function takePending(userId: string, stateHash: Buffer): Promise<PendingConnection | undefined> {
  const { prisma } = await database();
  const where = { userId, stateHash: new Uint8Array(stateHash), expiresAt: { gt: currentMoment() } };
  const pending = await prisma.pendingConnection.findFirst({ where });
  // If the same state arrives twice at once, only one request deletes the row.
  const { count } = await prisma.pendingConnection.deleteMany({ where });
  return pending && count === 1 ? pending : undefined;
}

function toBegun({ serverUrl, stateHash, credential }: PendingConnection): Authorization {
  const stored = readStoredCredential(Buffer.from(stateHash).toString("hex"), credential);
  return { authorizationUrl: "", serverUrl, credential: stored };
}

async function authorize(
  { network, authorize }: Connector,
  begun: Authorization,
  query: Record<string, string | undefined>,
): Promise<Connection> {
  if (!authorize) throw new Error(`${network} began an authorization that it cannot end.`);
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return withinTime(LONGEST_MILLISECONDS, authorize(begun, Object.fromEntries(given), callbackUrl()));
}

function toOutcome(thrown: unknown): Outcome {
  if (thrown instanceof ApiError && thrown.code === "LimitReached") return "full";
  if (!(thrown instanceof NetworkError)) throw thrown;
  log("warn", "A network refused to connect an account", toLogFields(thrown));
  return ["refused", "expired", "revoked"].includes(thrown.reason) ? "refused" : "unavailable";
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
