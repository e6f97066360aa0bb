import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { accountNotFound } from "#lib/accounts/get-account";
import { toAccount, toCapabilities } from "#lib/accounts/to-account";
import { currentMoment, currentTime } from "#lib/clock";
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
import { notify } from "#lib/notices/notify";
import { say } from "#lib/problems/problem";
import { announce } from "#lib/webhooks/announce";

// Longer than a refresh may take, so a claim expires only if its process has died.
const CLAIM_SECONDS = 120;
const POLL_MILLISECONDS = 200;
const LONGEST_WAIT_MILLISECONDS = 60_000;

/**
 * Returns the account with a credential newer than the stale one. Only one process at a time refreshes an account, once per
 * call; the others wait up to a minute and read the result. Throws `NetworkError`; if its reason is `revoked`, the account
 * has been marked.
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

// Uses the database's clock, and applies only if the credential is still the one that was read.
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
      // Matches nothing if the account was reconnected meanwhile, because that stored a newer credential.
      await tx.socialAccount.updateMany({
        where,
        data: {
          ...{ credential: stored, expiresAt, ...toRefreshColumns(network, expiresAt) },
          ...{ revokedAt: null, refreshingUntil: null, updatedAt: currentMoment() },
        },
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

/** The columns that plan the refresh of a credential stored now: half of its life later, if its network refreshes it. */
export const toRefreshColumns = (network: string, expiresAt: Date | null) => {
  const { refresh, refreshAfterSeconds = 0 } = getConnector(network);
  const now = currentTime();
  const wait = expiresAt && Math.max((expiresAt.getTime() - now) / 2, refreshAfterSeconds * 1000);
  return { refreshAt: refresh && wait !== null ? new Date(now + wait) : null, refreshFailures: 0, expiringAt: null };
};

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

/** Encrypts a credential for the row with this id. Call it in the transaction that stores the credential. */
export const writeStoredCredential = async (
  tx: Prisma.TransactionClient,
  rowId: string,
  credential: Credential,
): Promise<string> => {
  await registerKey(tx, keyring(), listUsedKeyIds);
  return encryptCredential(keyring(), toPlace(rowId), JSON.stringify(credential));
};

/** Decrypts what `writeStoredCredential` made for that row. Throws `CredentialError` for anything else. */
export const readStoredCredential = (rowId: string, stored: string): Credential =>
  credentialSchema.parse(JSON.parse(decryptCredential(keyring(), toPlace(rowId), stored)));

function toPlace(rowId: string) {
  return { rowId, field: "credential" };
}

/**
 * Converts a row to what its connector sees, with the credential decrypted. Throws `NetworkError` once it is disconnected.
 */
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

const TAKE_TURN = `SELECT ${takeTurn("id")} FROM social_accounts WHERE id = $1::uuid AND organization_id = $2::uuid`;

/**
 * Reads one of the organization's accounts and locks its row until the transaction ends, after earlier writers have
 * committed. Throws 404 for unknown, disconnected and foreign accounts alike.
 */
export const lockAccount = async (
  tx: Prisma.TransactionClient,
  organizationId: string,
  accountId: string | undefined,
): Promise<SocialAccount> => {
  if (!isUuid(accountId)) throw accountNotFound();
  await tx.$executeRawUnsafe(TAKE_TURN, accountId, organizationId);
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM social_accounts
    WHERE id = ${accountId}::uuid AND organization_id = ${organizationId}::uuid AND disconnected_at IS NULL FOR NO KEY UPDATE`;
  if (locked.length === 0) throw accountNotFound();
  return tx.socialAccount.findUniqueOrThrow({ where: { id: accountId } });
};

/**
 * Marks an account as revoked because the network no longer accepts its credential, and announces the event to webhooks.
 * Does nothing if the account is already marked or disconnected, or has another credential by now.
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
  const { organizationId } = row;
  await notify(tx, { kind: "account.revoked", organizationId, subjectId: accountId, step: now.toISOString() });
  await announce(tx, organizationId, "account.revoked", async () => toAccount(revoked));
};
