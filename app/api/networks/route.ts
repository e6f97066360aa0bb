import { listNetworks } from "#lib/accounts/get-account";
import { listNetworksOperation } from "#lib/http/account-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(listNetworksOperation, async () => ({ body: { networks: listNetworks() } })),
});
