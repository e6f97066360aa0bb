import { chooseAccounts } from "#lib/accounts/choose-accounts";
import { chooseAccountsOperation } from "#lib/http/account-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withMembership(chooseAccountsOperation, async ({ actor, body }) => ({
    body: { accounts: await chooseAccounts(actor, body) },
  })),
});
