import { toListEnvelope, toPageRange } from "#lib/http/list-envelope";
import { listMembersOperation } from "#lib/http/organization-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { listMembers } from "#lib/organizations/list-members";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(listMembersOperation, async ({ actor, query }) => {
    const { count, members } = await listMembers(actor.organizationId, toPageRange(query));
    return { body: toListEnvelope(`/api/organizations/${actor.organizationId}/members`, query, count, members) };
  }),
});
