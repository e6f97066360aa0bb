import { createHash, randomUUID } from "node:crypto";
import { toRefreshColumns, writeStoredCredential } from "#lib/accounts/refresh-credential";
import { MAX_ACCOUNTS_PER_ORGANIZATION } from "#lib/accounts/schema";
import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { MemberActor } from "#lib/audit/schema";
import { currentMoment, currentTime } from "#lib/clock";
import type { Prisma, SocialAccount } from "#lib/db/generated/client";
import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import type { Authorization, Connection } from "#lib/networks/connector";
import { asMember } from "#lib/organizations/as-member";
import { say } from "#lib/problems/problem";

/**
 * Stores connections as the organization's accounts, all of them or none. Connecting the same account again, even after
 * disconnecting it, keeps its id and its posts. `also` runs in the same transaction. Throws 409 at the limit of accounts.
 */
export const saveConnections = async (
  actor: MemberActor,
  network: string,
  connections: Connection[],
  also?: (tx: Prisma.TransactionClient) => Promise<void>,
): Promise<SocialAccount[]> => {
  const save = async (tx: Prisma.TransactionClient): Promise<SocialAccount[]> => {
    const rows: SocialAccount[] = [];
    for (const connection of connections) rows.push(await saveOne(tx, actor, network, connection));
    await also?.(tx);
    return rows;
  };
  return asMember(actor, "accounts.connect", save, { locks: "organization" });
};

/** Stores a connection as `saveConnections` does. */
export const saveConnection = async (
  actor: MemberActor,
  network: string,
  connection: Connection,
): Promise<SocialAccount> => {
  const [row] = await saveConnections(actor, network, [connection]);
  return row as SocialAccount;
};

async function saveOne(
  tx: Prisma.TransactionClient,
  actor: MemberActor,
  network: string,
  { networkUserId, username, displayName, serverUrl, credential, capabilities, expiresAt }: Connection,
): Promise<SocialAccount> {
  const { organizationId } = actor;
  const where = { organizationId_network_networkUserId: { organizationId, network, networkUserId } };
  const earlier = await tx.socialAccount.findUnique({ where });
  if (!earlier || earlier.disconnectedAt) await requireRoom(tx, organizationId);
  const id = earlier?.id ?? randomUUID();
  const now = currentMoment();
  const columns = {
    ...{ username, displayName, serverUrl, capabilities, expiresAt },
    credential: await writeStoredCredential(tx, id, credential),
    ...{ checkedAt: now, updatedAt: now },
    ...toRefreshColumns(network, expiresAt),
    ...{ revokedAt: null, refreshingUntil: null, disconnectedAt: null },
  };
  const create = { id, organizationId, network, networkUserId, ...columns };
  const row = await tx.socialAccount.upsert({ where, create, update: columns });
  const details = { account_id: id, network, username };
  await recordAuditEvent(tx, actor, { action: "account.connected", details });
  return row;
}

async function requireRoom(tx: Prisma.TransactionClient, organizationId: string): Promise<void> {
  if (
    (await tx.socialAccount.count({ where: { organizationId, disconnectedAt: null } })) < MAX_ACCOUNTS_PER_ORGANIZATION
  )
    return;
  const message = say("account_limit", { most: MAX_ACCOUNTS_PER_ORGANIZATION });
  throw new ApiError("LimitReached", message);
}

const LIFETIME_MINUTES = 15;

type Begun = { network: string; state: string };

type Pending = Pick<Authorization, "serverUrl" | "credential"> & { isChoice: boolean };

/** Stores what a connection under way has come to, for fifteen minutes. Only who knows the `state` can go on with it. */
export const savePending = async (
  { userId, organizationId, ...actor }: MemberActor,
  { network, state }: Begun,
  { serverUrl, credential, isChoice }: Pending,
): Promise<void> => {
  const stateHash = hashState(state);
  const expiresAt = new Date(currentTime() + LIFETIME_MINUTES * 60_000);
  await asMember({ ...actor, userId, organizationId }, "accounts.connect", async (tx) => {
    await tx.pendingConnection.deleteMany({ where: { expiresAt: { lt: currentMoment() } } });
    const place = { stateHash: new Uint8Array(stateHash), userId, organizationId, network, serverUrl };
    const stored = await writeStoredCredential(tx, stateHash.toString("hex"), credential);
    await tx.pendingConnection.create({ data: { ...place, credential: stored, isChoice, expiresAt } });
  });
};

/** Stores the state of an authorization for fifteen minutes, while its user is on the network's own page. */
export const saveAuthorization = (actor: MemberActor, begun: Begun, authorization: Authorization): Promise<void> =>
  savePending(actor, begun, { ...authorization, isChoice: false });

/** The stored hash of an OAuth `state`. Only the user's browser has the `state` itself. */
export const hashState = (state: string): Buffer => createHash("sha256").update(state).digest();

/** The redirect URI. It is registered with the networks, so it must be the same at every step. */
export const callbackUrl = (): string => `${settings().publicUrl}/accounts/callback`;

/** Creates an organization's built-in sandbox account, in the transaction that creates the organization. */
export const createSandboxAccount = async (tx: Prisma.TransactionClient, organizationId: string): Promise<void> => {
  await tx.socialAccount.create({
    data: { organizationId, network: "sandbox", networkUserId: "sandbox", username: "sandbox", displayName: "Sandbox" },
  });
};
