import { checkAccount } from "#lib/accounts/check-account";
import { checkAccountOperation } from "#lib/http/account-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withMembership(checkAccountOperation, async ({ actor, params }) => ({
    body: await checkAccount(actor, params.accountId),
  })),
});
