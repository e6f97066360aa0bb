import { toListEnvelope, toPageRange } from "#lib/http/list-envelope";
import { routeMethods } from "#lib/http/route-methods";
import { listRequestsOperation } from "#lib/http/usage-operations";
import { withMembership } from "#lib/http/with-session";
import { listRequests } from "#lib/usage/read-usage";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(listRequestsOperation, async ({ actor, params, query }) => {
    const isRefused = query.refused === undefined ? undefined : query.refused === "true";
    const { count, requests } = await listRequests(actor.organizationId, params.keyId, {
      isRefused,
      ...toPageRange(query),
    });
    return { body: toListEnvelope(`/api/keys/${params.keyId}/requests`, query, count, requests) };
  }),
});
