import { randomUUID } from "node:crypto";
import { MAX_ACCOUNTS_PER_USER } from "#lib/accounts/schema";
import { writeStoredCredential } from "#lib/accounts/stored-credential";
import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { UserActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { Prisma, SocialAccount } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import type { Connection } from "#lib/networks/connector";
import { say } from "#lib/problems/problem";

/**
 * Stores a connection as the user's account. Whoever connects the same account again, also after disconnecting it, gets
 * the same one back, with its id and its posts. Throws 409 at the limit of accounts.
 */
export const saveConnection = async (
  actor: UserActor,
  network: string,
  connection: Connection,
): Promise<SocialAccount> => {
  const { userId } = actor;
  const { networkUserId, username, displayName, serverUrl, credential, capabilities, expiresAt } = connection;
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    await lockAccountsOf(tx, userId);
    const where = { userId_network_networkUserId: { userId, network, networkUserId } };
    const earlier = await tx.socialAccount.findUnique({ where });
    if (!earlier || earlier.disconnectedAt) await requireRoom(tx, userId);
    const id = earlier?.id ?? randomUUID();
    const now = currentMoment();
    const columns = {
      ...{ username, displayName, serverUrl, capabilities, expiresAt },
      credential: await writeStoredCredential(tx, id, credential),
      ...{ checkedAt: now, updatedAt: now },
      ...{ revokedAt: null, refreshingUntil: null, disconnectedAt: null },
    };
    const create = { id, userId, network, networkUserId, ...columns };
    const row = await tx.socialAccount.upsert({ where, create, update: columns });
    const details = { account_id: id, network, username };
    await recordAuditEvent(tx, actor, { action: "account.connected", details });
    return row;
  });
};

// So that the limit holds. Nothing else waits for it.
async function lockAccountsOf(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
}

async function requireRoom(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  if ((await tx.socialAccount.count({ where: { userId, disconnectedAt: null } })) < MAX_ACCOUNTS_PER_USER) return;
  const message = say("account_limit", { most: MAX_ACCOUNTS_PER_USER });
  throw new ApiError("LimitReached", message);
}
