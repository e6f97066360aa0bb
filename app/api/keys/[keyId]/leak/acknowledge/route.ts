import { acknowledgeLeakOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";
import { acknowledgeLeak } from "#lib/leaks/list-open-leaks";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withSession(acknowledgeLeakOperation, async ({ userId, params }) => ({
    body: await acknowledgeLeak(userId, params.keyId),
  })),
});
