import { reportOwnKeyOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { reportOwnKey } from "#lib/leaks/report-leaked-keys";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withMembership(reportOwnKeyOperation, async ({ actor, params }) => ({
    body: await reportOwnKey(actor, params.keyId),
  })),
});
