import { endKeyOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { endKey } from "#lib/keys/end-key";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withMembership(endKeyOperation, async ({ actor, params }) => ({ body: await endKey(actor, params.keyId) })),
});
