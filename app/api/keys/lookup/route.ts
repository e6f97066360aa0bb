import { lookUpKeyOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { lookUpKey } from "#lib/keys/list-keys";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withMembership(lookUpKeyOperation, async ({ actor, body }) => ({
    body: await lookUpKey(actor.organizationId, body.key),
  })),
});
