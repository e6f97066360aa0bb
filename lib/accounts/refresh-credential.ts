import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { accountNotFound } from "#lib/accounts/get-account";
import { toAccount, toCapabilities } from "#lib/accounts/to-account";
import { currentMoment } from "#lib/clock";
import { listUsedKeyIds, registerKey } from "#lib/credentials/check-keyring";
import { decryptCredential, encryptCredential } from "#lib/credentials/encrypt-credential";
import { keyring } from "#lib/credentials/keyring";
import { database } from "#lib/db/database";
import type { Prisma, SocialAccount } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/sql-values";
import { takeTurn } from "#lib/db/turns";
import type { ConnectedAccount, Credential } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { getConnector } from "#lib/networks/registry";
import { withinTime } from "#lib/networks/within-time";
import { say } from "#lib/problems/problem";
import { announce } from "#lib/webhooks/announce";

// Longer than a network may take over it, so that a claim only lapses when its process is gone.
const CLAIM_SECONDS = 120;
const POLL_MILLISECONDS = 200;
const LONGEST_WAIT_MILLISECONDS = 60_000;

/**
 * The account with a credential fresher than the stale one. One process at a time asks the network for an account, and a
 * call asks once; the others wait, a minute at most, and read what it got. Throws `NetworkError`, after marking the
 * account when that is `revoked`.
 */
export const refreshCredential = async (accountId: string, stale: Credential): Promise<ConnectedAccount> => {
  const { prisma } = await database();
  const end = performance.now() + LONGEST_WAIT_MILLISECONDS;
  while (performance.now() < end) {
    const row = await prisma.socialAccount.findUniqueOrThrow({ where: { id: accountId } });
    const account = openAccount(row);
    if (!isDeepStrictEqual(account.credential, stale)) return account;
    const claim = await claimRefresh(row);
    if (claim) return refreshClaimed(row.network, account, claim);
    await setTimeout(POLL_MILLISECONDS);
  }
  throw new NetworkError("unavailable", say("network_slow"));
};

// By the database's clock, and only if nothing has changed since the row was read.
async function claimRefresh({ id, credential }: SocialAccount): Promise<Date | undefined> {
  const { prisma } = await database();
  const [claimed] = await prisma.$queryRaw<{ until: Date }[]>`
    UPDATE social_accounts SET refreshing_until = now() + make_interval(secs => ${CLAIM_SECONDS})
    WHERE id = ${id}::uuid AND credential = ${credential}
      AND (refreshing_until IS NULL OR refreshing_until <= now())
    RETURNING refreshing_until AS until`;
  return claimed?.until;
}

async function refreshClaimed(network: string, account: ConnectedAccount, claim: Date): Promise<ConnectedAccount> {
  const { prisma } = await database();
  const where = { id: account.accountId, refreshingUntil: claim };
  try {
    const { credential, expiresAt } = await refresh(network, account);
    await prisma.$transaction(async (tx) => {
      const stored = await writeStoredCredential(tx, account.accountId, credential);
      // Lost when the account was connected anew meanwhile: then it has a better one.
      await tx.socialAccount.updateMany({
        where,
        data: { credential: stored, expiresAt, revokedAt: null, refreshingUntil: null, updatedAt: currentMoment() },
      });
    });
    return openAccount(await prisma.socialAccount.findUniqueOrThrow({ where: { id: account.accountId } }));
  } catch (error) {
    await prisma.$transaction(async (tx) => {
      await tx.socialAccount.updateMany({ where, data: { refreshingUntil: null } });
      if (error instanceof NetworkError && error.reason === "revoked") await markRevoked(tx, account);
    });
    throw error;
  }
}

async function refresh(network: string, account: ConnectedAccount) {
  const connector = getConnector(network);
  const message = say("connection_refused");
  if (!connector.refresh) throw new NetworkError("revoked", message);
  const refreshed = await withinTime(LONGEST_WAIT_MILLISECONDS, connector.refresh(account)).catch((error: unknown) => {
    // There is nothing left to refresh it with.
    if (error instanceof NetworkError && error.reason === "expired") {
      throw new NetworkError("revoked", message, { cause: error });
    }
    throw error;
  });
  if (!isDeepStrictEqual(refreshed.credential, account.credential)) return refreshed;
  throw new NetworkError("unavailable", say("network_renewed_nothing"));
}

const credentialSchema = z.record(z.string(), z.string());

/** A credential as the row of this id stores it, in the transaction that does. */
export const writeStoredCredential = async (
  tx: Prisma.TransactionClient,
  rowId: string,
  credential: Credential,
): Promise<string> => {
  await registerKey(tx, keyring(), listUsedKeyIds);
  return encryptCredential(keyring(), toPlace(rowId), JSON.stringify(credential));
};

/** What `writeStoredCredential` made for that row. Throws `CredentialError` when it is anything else. */
export const readStoredCredential = (rowId: string, stored: string): Credential =>
  credentialSchema.parse(JSON.parse(decryptCredential(keyring(), toPlace(rowId), stored)));

function toPlace(rowId: string) {
  return { rowId, field: "credential" };
}

/** A row as its connector sees it, with the credential decrypted. Throws `NetworkError` once it is disconnected. */
export const openAccount = (row: SocialAccount): ConnectedAccount => {
  if (row.disconnectedAt) throw new NetworkError("revoked", say("account_disconnected"));
  return {
    accountId: row.id,
    networkUserId: row.networkUserId,
    username: row.username,
    serverUrl: row.serverUrl,
    credential: row.credential === null ? {} : readStoredCredential(row.id, row.credential),
    capabilities: toCapabilities(row),
  };
};

const TAKE_TURN = `SELECT ${takeTurn("id")} FROM social_accounts WHERE id = $1::uuid AND user_id = $2::uuid`;

/**
 * One of the user's accounts as it stands, locked until the transaction ends: whoever writes for it has committed. Throws 404 for unknown, disconnected and
 * foreign accounts alike.
 */
export const lockAccount = async (
  tx: Prisma.TransactionClient,
  userId: string,
  accountId: string | undefined,
): Promise<SocialAccount> => {
  if (!isUuid(accountId)) throw accountNotFound();
  await tx.$executeRawUnsafe(TAKE_TURN, accountId, userId);
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM social_accounts
    WHERE id = ${accountId}::uuid AND user_id = ${userId}::uuid AND disconnected_at IS NULL FOR NO KEY UPDATE`;
  if (locked.length === 0) throw accountNotFound();
  return tx.socialAccount.findUniqueOrThrow({ where: { id: accountId } });
};

/**
 * Notes that the network does not know an account's credential any more, and tells whoever subscribed to that. Does nothing when that was known already, or
 * when the account has another credential by now, or none.
 */
export const markRevoked = async (
  tx: Prisma.TransactionClient,
  { accountId, credential }: Pick<ConnectedAccount, "accountId" | "credential">,
): Promise<void> => {
  await tx.$queryRaw`SELECT 1 FROM social_accounts WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`;
  const row = await tx.socialAccount.findUniqueOrThrow({ where: { id: accountId } });
  if (row.disconnectedAt || row.revokedAt || !isDeepStrictEqual(openAccount(row).credential, credential)) return;
  const now = currentMoment();
  const data = { revokedAt: now, updatedAt: now, refreshingUntil: null };
  const revoked = await tx.socialAccount.update({ where: { id: accountId }, data });
  await announce(tx, row.userId, "account.revoked", async () => toAccount(revoked));
};
