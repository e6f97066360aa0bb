import type { Account, AccountDetail } from "#lib/accounts/schema";
import { toAccount } from "#lib/accounts/to-account";
import { batchQueries } from "#lib/db/batch-queries";
import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import type { SocialAccount } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/sql-values";
import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import type { Connector } from "#lib/networks/connector";
import { BUILT_IN_NETWORK, listConnectors } from "#lib/networks/registry";
import { type Network, networkSchema } from "#lib/networks/schema";
import { WAITING_STATUSES } from "#lib/posts/schema";
import { say } from "#lib/problems/problem";
import { isLoopback } from "#lib/setting-formats";

const FIND = `
  SELECT id, organization_id AS "organizationId", network, network_user_id AS "networkUserId", username, display_name AS "displayName",
         server_url AS "serverUrl", credential, capabilities, expires_at AS "expiresAt", revoked_at AS "revokedAt",
         checked_at AS "checkedAt", refresh_at AS "refreshAt", refresh_failures AS "refreshFailures",
         expiring_at AS "expiringAt", refreshing_until AS "refreshingUntil", disconnected_at AS "disconnectedAt",
         created_at AS "createdAt", updated_at AS "updatedAt"
  FROM social_accounts WHERE organization_id = ANY($1::uuid[]) AND disconnected_at IS NULL`;

/** The statements that find a post's account: by organization and account id, or an organization's built-in account. */
export const FIND_ACCOUNTS: Statement = { name: "find-accounts", text: `${FIND} AND id = ANY($2::uuid[])` };
export const FIND_BUILT_IN_ACCOUNTS: Statement = {
  name: "find-built-in-accounts",
  text: `${FIND} AND network = '${BUILT_IN_NETWORK}'`,
};

// Sending a statement to PostgreSQL costs more than reading another row, so lookups are batched.
const findAccount = batchQueries(async (asked: { organizationId: string; accountId: string }[]) => {
  const { connection } = await database();
  const values = [asked.map(({ organizationId }) => organizationId), asked.map(({ accountId }) => accountId)];
  const rows = await connection.query<SocialAccount>(FIND_ACCOUNTS, values);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return asked.map(({ organizationId, accountId }) => {
    const row = byId.get(accountId.toLowerCase());
    return row?.organizationId === organizationId ? row : undefined;
  });
});
const findBuiltInAccount = batchQueries(async (organizationIds: string[]) => {
  const { connection } = await database();
  const rows = await connection.query<SocialAccount>(FIND_BUILT_IN_ACCOUNTS, [organizationIds]);
  const byOrganization = new Map(rows.map((row) => [row.organizationId, row]));
  return organizationIds.map((organizationId) => byOrganization.get(organizationId));
});

/**
 * Returns the organization's social account, or the built-in sandbox if no id is given. Throws 400 `InvalidAccountId`.
 */
export const getAccount = async (organizationId: string, accountId: string | undefined): Promise<SocialAccount> => {
  if (accountId !== undefined && !isUuid(accountId)) throw invalidAccountId();
  const account =
    accountId === undefined
      ? await findBuiltInAccount(organizationId)
      : await findAccount({ organizationId, accountId });
  if (!account) throw invalidAccountId();
  return { ...account };
};

/** The 400 for an account that is disconnected, another organization's, or unknown. */
export const invalidAccountId = (): ApiError => {
  const message = say("account_not_yours");
  return new ApiError("InvalidAccountId", message, { fields: { "post.accountId": [message] } });
};

/** Returns one of the organization's accounts with the number of posts that wait for it. Throws 404. */
export const getOwnAccount = async (organizationId: string, accountId: string | undefined): Promise<AccountDetail> => {
  if (!isUuid(accountId)) throw accountNotFound();
  const { prisma } = await database();
  const [row, waiting] = await prisma.$transaction([
    prisma.socialAccount.findFirst({ where: { id: accountId, organizationId, disconnectedAt: null } }),
    prisma.post.count({ where: { accountId, organizationId, status: { in: WAITING_STATUSES } } }),
  ]);
  if (!row) throw accountNotFound();
  return { ...toAccount(row), waiting_posts: waiting };
};

/** Lists the organization's social accounts, oldest first, with the total count. */
export const listAccounts = async (
  organizationId: string,
  range: { skip?: number; take?: number } = {},
): Promise<{ count: number; accounts: Account[] }> => {
  const { prisma } = await database();
  const where = { organizationId, disconnectedAt: null };
  const [count, rows] = await prisma.$transaction([
    prisma.socialAccount.count({ where }),
    prisma.socialAccount.findMany({ where, orderBy: [{ createdAt: "asc" }, { id: "asc" }], ...range }),
  ]);
  return { count, accounts: rows.map(toAccount) };
};

/** The 404 for every social account that does not exist or is another organization's. */
export const accountNotFound = (): ApiError => new ApiError("NotFound", say("account_not_found"));

/** Lists every network of this installation, with the fields that each needs to connect an account. */
export const listNetworks = (): Network[] =>
  listConnectors().map((connector) =>
    networkSchema.parse({
      ...{ network: connector.network, label: connector.label, capabilities: connector.capabilities },
      is_built_in: connector.network === BUILT_IN_NETWORK,
      connect_fields: connector.connectFields,
      ...findObstacles(connector),
    }),
  );

/** What the operator has to do before anybody can connect an account of a network. */
export const findObstacles = ({ missingSettings, needs = [] }: Connector) => ({
  missing_settings: missingSettings?.() ?? [],
  unmet_needs: needs.filter((need) => !meets(settings().publicUrl, need)),
});

// A name may lead to a local network all the same. What the operator has to check is in the network's guide.
function meets(publicUrl: string, need: "https" | "public_address"): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return need === "https" ? protocol === "https:" : !isLoopback(hostname);
}
