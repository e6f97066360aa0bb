import { toConnectProblem } from "#lib/accounts/connect-account";
import { accountNotFound } from "#lib/accounts/get-account";
import { markRevoked, openAccount, refreshCredential } from "#lib/accounts/refresh-credential";
import type { Account } from "#lib/accounts/schema";
import { toAccount } from "#lib/accounts/to-account";
import type { MemberActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/sql-values";
import type { AccountFacts, ConnectedAccount } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { getConnector } from "#lib/networks/registry";
import { withinTime } from "#lib/networks/within-time";
import { asMember } from "#lib/organizations/as-member";

const LONGEST_MILLISECONDS = 30_000;

/**
 * Asks the network about one of the organization's accounts. Returns the account with the network's current facts, or
 * marked as revoked. Throws 503, without any change, when the network cannot be reached.
 */
export const checkAccount = async (actor: MemberActor, accountId: string | undefined): Promise<Account> => {
  const { prisma } = await database();
  const { organizationId } = actor;
  const where = { id: accountId ?? "", organizationId, disconnectedAt: null };
  const row = isUuid(accountId) ? await prisma.socialAccount.findFirst({ where }) : null;
  if (!row) throw accountNotFound();
  const account = openAccount(row);
  try {
    const { username, displayName, capabilities } = await withinTime(
      LONGEST_MILLISECONDS,
      askNetwork(row.network, account),
    );
    const now = currentMoment();
    const data = { username, displayName, capabilities, checkedAt: now, updatedAt: now, revokedAt: null };
    await asMember(actor, "accounts.check", (tx) => tx.socialAccount.updateMany({ where, data }));
  } catch (thrown) {
    if (!(thrown instanceof NetworkError) || thrown.reason !== "revoked") throw toConnectProblem(thrown);
    await asMember(actor, "accounts.check", (tx) => markRevoked(tx, account));
  }
  const now = await prisma.socialAccount.findFirst({ where });
  if (!now) throw accountNotFound();
  return toAccount(now);
};

async function askNetwork(network: string, account: ConnectedAccount): Promise<AccountFacts> {
  const connector = getConnector(network);
  try {
    return await connector.check(account);
  } catch (error) {
    if (!(error instanceof NetworkError) || error.reason !== "expired") throw error;
    return connector.check(await refreshCredential(account.accountId, account.credential));
  }
}
