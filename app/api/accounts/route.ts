import { connectAccount } from "#lib/accounts/connect-account";
import { listAccounts } from "#lib/accounts/get-account";
import { connectAccountOperation, listOwnAccountsOperation } from "#lib/http/account-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(listOwnAccountsOperation, async ({ actor }) => {
    const { accounts } = await listAccounts(actor.organizationId);
    return { body: { accounts } };
  }),
  POST: withMembership(connectAccountOperation, async ({ actor, body }) => ({
    body: await connectAccount(actor, body),
  })),
});
