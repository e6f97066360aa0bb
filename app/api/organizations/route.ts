import { toListEnvelope, toPageRange } from "#lib/http/list-envelope";
import { createOrganizationOperation, listOrganizationsOperation } from "#lib/http/organization-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";
import { addOrganization } from "#lib/organizations/change-organization";
import { getOrganization, listOrganizations } from "#lib/organizations/list-organizations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(listOrganizationsOperation, async ({ actor, session, query }) => {
    const currentId = session.membership?.organizationId ?? null;
    const { count, organizations } = await listOrganizations(actor.userId, currentId, toPageRange(query));
    return { body: toListEnvelope("/api/organizations", query, count, organizations) };
  }),
  POST: withSession(createOrganizationOperation, async ({ actor, body }) => {
    const id = await addOrganization(actor, body.name);
    return { body: await getOrganization(actor.userId, id, id) };
  }),
});
