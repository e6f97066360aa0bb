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
  FROM social_accounts WHERE user_id = $1::uuid AND disconnected_at IS NULL`;

/** Every post asks for its account by one of these. */
export const FIND_ACCOUNT: Statement = { name: "find-account", text: `${FIND} AND id = $2::uuid` };
export const FIND_BUILT_IN_ACCOUNT: Statement = {
  name: "find-built-in-account",
  text: `${FIND} AND network = '${BUILT_IN_NETWORK}'`,
};

/** The user's social account by its id, or the built-in sandbox when none is named. Throws 400 `InvalidAccountId`. */
export const getAccount = async (userId: string, accountId: string | undefined): Promise<SocialAccount> => {
  const { connection } = await database();
  if (accountId !== undefined && !isUuid(accountId)) throw invalidAccountId();
  const [account] =
    accountId === undefined
      ? await connection.query<SocialAccount>(FIND_BUILT_IN_ACCOUNT, [userId])
      : await connection.query<SocialAccount>(FIND_ACCOUNT, [userId, accountId]);
  if (!account) throw invalidAccountId();
  return account;
};

/** The one 400 for an account that is disconnected, another user's, or nobody's. */
export const invalidAccountId = (): ApiError => {
  const message = say("account_not_yours");
  return new ApiError("InvalidAccountId", message, { fields: { "post.accountId": [message] } });
};
