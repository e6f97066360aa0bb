import { disconnectAccount } from "#lib/accounts/disconnect-account";
import { getOwnAccount } from "#lib/accounts/get-account";
import { disconnectAccountOperation, getOwnAccountOperation } from "#lib/http/account-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(getOwnAccountOperation, async ({ actor, params }) => ({
    body: await getOwnAccount(actor.organizationId, params.accountId),
  })),
  DELETE: withMembership(disconnectAccountOperation, async ({ actor, params }) => {
    await disconnectAccount(actor, params.accountId);
    return { body: { success: true, message: "Account disconnected successfully" } };
  }),
});
