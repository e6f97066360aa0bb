import { reportOwnKeyOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";
import { reportOwnKey } from "#lib/leaks/report-leaked-keys";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withSession(reportOwnKeyOperation, async ({ actor, params }) => ({
    body: await reportOwnKey(actor, params.keyId),
  })),
});
