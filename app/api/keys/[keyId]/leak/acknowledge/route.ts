import { acknowledgeLeakOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { acknowledgeLeak } from "#lib/leaks/list-open-leaks";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withMembership(acknowledgeLeakOperation, async ({ actor, params }) => ({
    body: await acknowledgeLeak(actor, params.keyId),
  })),
});
