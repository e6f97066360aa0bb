import { lookUpKeyOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";
import { lookUpKey } from "#lib/keys/list-keys";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withSession(lookUpKeyOperation, async ({ userId, body }) => ({ body: await lookUpKey(userId, body.key) })),
});
