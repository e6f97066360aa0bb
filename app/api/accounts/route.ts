import { connectAccount } from "#lib/accounts/connect-account";
import { listAccounts } from "#lib/accounts/get-account";
import { connectAccountOperation, listOwnAccountsOperation } from "#lib/http/account-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(listOwnAccountsOperation, async ({ userId }) => {
    const { accounts } = await listAccounts(userId);
    return { body: { accounts } };
  }),
  POST: withSession(connectAccountOperation, async ({ actor, body }) => ({ body: await connectAccount(actor, body) })),
});
