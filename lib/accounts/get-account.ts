import { batchQueries } from "#lib/db/batch-queries";
import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import type { SocialAccount } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/is-uuid";
import { ApiError } from "#lib/errors";
import { BUILT_IN_NETWORK } from "#lib/networks/registry";
import { say } from "#lib/problems/problem";

const FIND = `
  SELECT id, user_id AS "userId", network, network_user_id AS "networkUserId", username, display_name AS "displayName",
         server_url AS "serverUrl", credential, capabilities, expires_at AS "expiresAt", revoked_at AS "revokedAt",
         checked_at AS "checkedAt", refreshing_until AS "refreshingUntil", disconnected_at AS "disconnectedAt",
         created_at AS "createdAt", updated_at AS "updatedAt"
  FROM social_accounts WHERE user_id = ANY($1::uuid[]) AND disconnected_at IS NULL`;

/** Every post asks for its account by one of these: accounts of users by their ids, and the users' built-in ones. */
export const FIND_ACCOUNTS: Statement = { name: "find-accounts", text: `${FIND} AND id = ANY($2::uuid[])` };
export const FIND_BUILT_IN_ACCOUNTS: Statement = {
  name: "find-built-in-accounts",
  text: `${FIND} AND network = '${BUILT_IN_NETWORK}'`,
};

// Writing a statement to PostgreSQL costs more than reading one row more.
const findAccount = batchQueries(async (asked: { userId: string; accountId: string }[]) => {
  const { connection } = await database();
  const values = [asked.map(({ userId }) => userId), asked.map(({ accountId }) => accountId)];
  const rows = await connection.query<SocialAccount>(FIND_ACCOUNTS, values);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return asked.map(({ userId, accountId }) => {
    const row = byId.get(accountId.toLowerCase());
    return row?.userId === userId ? row : undefined;
  });
});
const findBuiltInAccount = batchQueries(async (userIds: string[]) => {
  const { connection } = await database();
  const rows = await connection.query<SocialAccount>(FIND_BUILT_IN_ACCOUNTS, [userIds]);
  const byUser = new Map(rows.map((row) => [row.userId, row]));
  return userIds.map((userId) => byUser.get(userId));
});

/** The user's social account by its id, or the built-in sandbox when none is named. Throws 400 `InvalidAccountId`. */
export const getAccount = async (userId: string, accountId: string | undefined): Promise<SocialAccount> => {
  if (accountId !== undefined && !isUuid(accountId)) throw invalidAccountId();
  const account = accountId === undefined ? await findBuiltInAccount(userId) : await findAccount({ userId, accountId });
  if (!account) throw invalidAccountId();
  return { ...account };
};

/** The one 400 for an account that is disconnected, another user's, or nobody's. */
export const invalidAccountId = (): ApiError => {
  const message = say("account_not_yours");
  return new ApiError("InvalidAccountId", message, { fields: { "post.accountId": [message] } });
};
