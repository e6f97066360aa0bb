import {
  deleteOrganizationOperation,
  getOrganizationOperation,
  renameOrganizationOperation,
} from "#lib/http/organization-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { renameOrganization } from "#lib/organizations/change-organization";
import { deleteOrganization } from "#lib/organizations/delete-organization";
import { getOrganization } from "#lib/organizations/list-organizations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(getOrganizationOperation, async ({ actor, session }) => ({
    body: await getOrganization(actor.userId, actor.organizationId, session.membership?.organizationId ?? null),
  })),
  PATCH: withMembership(renameOrganizationOperation, async ({ actor, session, body }) => {
    await renameOrganization(actor, body.name);
    const currentId = session.membership?.organizationId ?? null;
    return { body: await getOrganization(actor.userId, actor.organizationId, currentId) };
  }),
  DELETE: withMembership(deleteOrganizationOperation, async ({ actor, body }) => {
    await deleteOrganization(actor, body.name);
    return { body: { success: true } };
  }),
});
