import { checkAccount } from "#lib/accounts/check-account";
import { checkAccountOperation } from "#lib/http/account-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withSession(checkAccountOperation, async ({ userId, params }) => ({
    body: await checkAccount(userId, params.accountId),
  })),
});
