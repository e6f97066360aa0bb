import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { markRevoked } from "#lib/accounts/mark-revoked";
import { openAccount } from "#lib/accounts/open-account";
import { writeStoredCredential } from "#lib/accounts/stored-credential";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { SocialAccount } from "#lib/db/generated/client";
import type { ConnectedAccount, Credential } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { getConnector } from "#lib/networks/registry";
import { withinTime } from "#lib/networks/within-time";
import { say } from "#lib/problems/problem";

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
