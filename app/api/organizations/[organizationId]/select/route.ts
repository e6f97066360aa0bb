import { selectOrganizationOperation } from "#lib/http/organization-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { selectOrganization } from "#lib/organizations/change-organization";
import { getOrganization } from "#lib/organizations/list-organizations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withMembership(selectOrganizationOperation, async ({ actor }) => {
    await selectOrganization(actor);
    return { body: await getOrganization(actor.userId, actor.organizationId, actor.organizationId) };
  }),
});
