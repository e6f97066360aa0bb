import { listAccounts } from "#lib/accounts/get-account";
import { listAccountsOperation } from "#lib/http/account-operations";
import { toListEnvelope, toPageRange } from "#lib/http/list-envelope";
import { routeMethods } from "#lib/http/route-methods";
import { withApiKey } from "#lib/http/with-api-key";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withApiKey(listAccountsOperation, async ({ key, query }) => {
    const { count, accounts } = await listAccounts(key.organizationId, toPageRange(query));
    return { body: toListEnvelope("/v2/accounts", query, count, accounts) };
  }),
});
