import { callbackUrl } from "#lib/accounts/callback-url";
import { hashState } from "#lib/accounts/hash-state";
import { saveConnection } from "#lib/accounts/save-connection";
import type { Outcome } from "#lib/accounts/schema";
import { readStoredCredential } from "#lib/accounts/stored-credential";
import type { UserActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { PendingConnection } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { log, toLogFields } from "#lib/log";
import type { Authorization, Connection, Connector } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { getConnector } from "#lib/networks/registry";
import { withinTime } from "#lib/networks/within-time";

const LONGEST_MILLISECONDS = 45_000;

/** What a network sends the user back with. */
export type Return = { state?: string | undefined; code?: string | undefined; error?: string | undefined };

/**
 * Ends a connection that its user has agreed to, or not, on the network's own page, and says what came of it. A `state`
 * is good for one return, of the user who began.
 */
export const finishConnection = async (actor: UserActor, { state, code, error }: Return): Promise<Outcome> => {
  const pending = state ? await takePending(actor.userId, hashState(state)) : undefined;
  if (!pending) return "stale";
  if (error === "access_denied") return "denied";
  const connector = getConnector(pending.network);
  const begun = toBegun(pending);
  if (error) connector.decline?.(begun, error);
  if (error || !code) return "refused";
  try {
    await saveConnection(actor, pending.network, await authorize(connector, begun, code));
    return "connected";
  } catch (thrown) {
    return toOutcome(thrown);
  }
};

async function takePending(userId: string, stateHash: Buffer): Promise<PendingConnection | undefined> {
  const { prisma } = await database();
  const where = { userId, stateHash: new Uint8Array(stateHash), expiresAt: { gt: currentMoment() } };
  const pending = await prisma.pendingConnection.findFirst({ where });
  // Of two returns with one state, only one is the first.
  const { count } = await prisma.pendingConnection.deleteMany({ where });
  return pending && count === 1 ? pending : undefined;
}

function toBegun({ serverUrl, stateHash, credential }: PendingConnection): Authorization {
  const stored = readStoredCredential(Buffer.from(stateHash).toString("hex"), credential);
  return { authorizationUrl: "", serverUrl, credential: stored };
}

async function authorize({ network, authorize }: Connector, begun: Authorization, code: string): Promise<Connection> {
  if (!authorize) throw new Error(`${network} began an authorization that it cannot end.`);
  return withinTime(LONGEST_MILLISECONDS, authorize(begun, code, callbackUrl()));
}

function toOutcome(thrown: unknown): Outcome {
  if (thrown instanceof ApiError && thrown.code === "LimitReached") return "full";
  if (!(thrown instanceof NetworkError)) throw thrown;
  log("warn", "A network did not let an account be connected", toLogFields(thrown));
  return ["refused", "expired", "revoked"].includes(thrown.reason) ? "refused" : "unavailable";
}
