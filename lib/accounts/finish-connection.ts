import { saveChoices } from "#lib/accounts/choose-accounts";
import { readStoredCredential } from "#lib/accounts/refresh-credential";
import { callbackUrl, hashState, saveConnection } from "#lib/accounts/save-connection";
import type { Outcome } from "#lib/accounts/schema";
import type { MemberActor, UserActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { PendingConnection } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { log, toLogFields } from "#lib/log";
import type { Authorization, Choices, Connection, Connector } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { getConnector } from "#lib/networks/registry";
import { withinTime } from "#lib/networks/within-time";

const LONGEST_MILLISECONDS = 45_000;

/** The query with which a network sends the user back. */
type Return = { state?: string | undefined } & Record<string, string | undefined>;

/** How a connection ended, and for which organization. Null when it is not known to have begun. */
type Finished = { outcome: Outcome; organizationId: string | null; choicesId?: string };

/**
 * Finishes a connection after the user agreed or declined on the network's own page. A `state` works once, and only for the
 * user who began. The account belongs to the organization in which they began.
 */
export const finishConnection = async (actor: UserActor, { state, ...query }: Return): Promise<Finished> => {
  const pending = state ? await takePending(actor.userId, hashState(state)) : undefined;
  if (!pending) return { outcome: "stale", organizationId: null };
  const { organizationId } = pending;
  return { ...(await finish({ ...actor, organizationId }, pending, query)), organizationId };
};

type Ended = Pick<Finished, "outcome" | "choicesId">;

async function finish(member: MemberActor, pending: PendingConnection, query: Return): Promise<Ended> {
  const { error } = query;
  const connector = getConnector(pending.network);
  if (error === "access_denied" || (error && connector.denials?.includes(error))) return { outcome: "denied" };
  const begun = toBegun(pending);
  if (error) connector.decline?.(begun, error);
  if (error || Object.keys(query).length === 0) {
    logReturn(pending.network, query);
    return { outcome: "refused" };
  }
  try {
    const result = await authorize(connector, begun, query);
    if ("choices" in result) {
      return { outcome: "choose", choicesId: (await saveChoices(member, pending.network, result)).choices_id };
    }
    await saveConnection(member, pending.network, result);
    return { outcome: "connected" };
  } catch (thrown) {
    return { outcome: toOutcome(thrown) };
  }
}

const ERROR_NAME = /^[\w.-]{1,60}$/;

// Operators learn from it which setting at the network is wrong. Other members may contain a code.
function logReturn(network: string, { error = "" }: Return): void {
  const errorMessage = `${network}: ${ERROR_NAME.test(error) ? error : "an unnamed error"}`;
  log("warn", "A network sent a user back with an error", { errorMessage });
}

async function takePending(userId: string, stateHash: Buffer): Promise<PendingConnection | undefined> {
  const { prisma } = await database();
  const where = { userId, stateHash: new Uint8Array(stateHash), isChoice: false, expiresAt: { gt: currentMoment() } };
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
): Promise<Connection | Choices> {
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
