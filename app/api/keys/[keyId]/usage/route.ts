import { routeMethods } from "#lib/http/route-methods";
import { readUsageOperation } from "#lib/http/usage-operations";
import { withSession } from "#lib/http/with-session";
import { readUsage } from "#lib/usage/read-usage";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(readUsageOperation, async ({ userId, params, query }) => ({
    body: await readUsage(userId, params.keyId, query.period),
  })),
});
