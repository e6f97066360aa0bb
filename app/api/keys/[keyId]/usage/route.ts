import { routeMethods } from "#lib/http/route-methods";
import { readUsageOperation } from "#lib/http/usage-operations";
import { withMembership } from "#lib/http/with-session";
import { readUsage } from "#lib/usage/read-usage";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(readUsageOperation, async ({ actor, params, query }) => ({
    body: await readUsage(actor.organizationId, params.keyId, query.period),
  })),
});
