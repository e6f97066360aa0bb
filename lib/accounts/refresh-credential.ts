import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { markRevoked } from "#lib/accounts/mark-revoked";
import { openAccount } from "#lib/accounts/open-account";
import { writeStoredCredential } from "#lib/accounts/stored-credential";
import { database } from "#lib/db/database";
import type { SocialAccount } from "#lib/db/generated/client";
import type { ConnectedAccount, Credential } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { getConnector } from "#lib/networks/registry";

// Longer than a network may take over it, so that a claim only lapses when its process is gone.
const CLAIM_SECONDS = 120;
const POLL_MILLISECONDS = 200;

/**
 * The account with a credential fresher than the stale one. One process at a time asks the network for an account; the
 * others wait and read what it got. Throws `NetworkError`, after marking the account when that is `revoked`.
 */
export const refreshCredential = async (accountId: string, stale: Credential): Promise<ConnectedAccount> => {
  const { prisma } = await database();
  for (;;) {
    const row = await prisma.socialAccount.findUniqueOrThrow({ where: { id: accountId } });
    const account = openAccount(row);
    if (!isDeepStrictEqual(account.credential, stale)) return account;
    const claim = await claimRefresh(row);
    await (claim ? refreshClaimed(row.network, account, claim) : setTimeout(POLL_MILLISECONDS));
  }
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

async function refreshClaimed(network: string, account: ConnectedAccount, claim: Date): Promise<void> {
  const { prisma } = await database();
  const where = { id: account.accountId, refreshingUntil: claim };
  try {
    const { credential, expiresAt } = await refresh(network, account);
    await prisma.$transaction(async (tx) => {
      const stored = await writeStoredCredential(tx, account.accountId, credential);
      // Lost when the account was connected anew meanwhile: then it has a better one.
      await tx.socialAccount.updateMany({
        where,
        data: { credential: stored, expiresAt, revokedAt: null, refreshingUntil: null },
      });
    });
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
  const message = "The network does not accept this connection any more. Connect the account again.";
  if (!connector.refresh) throw new NetworkError("revoked", message);
  return connector.refresh(account).catch((error: unknown) => {
    // There is nothing left to refresh it with.
    if (error instanceof NetworkError && error.reason === "expired") {
      throw new NetworkError("revoked", message, { cause: error });
    }
    throw error;
  });
}
