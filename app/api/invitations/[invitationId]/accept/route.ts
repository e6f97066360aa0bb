import { acceptInvitationOperation } from "#lib/http/invitation-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";
import { acceptInvitation } from "#lib/invitations/answer-invitation";
import { getOrganization } from "#lib/organizations/list-organizations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withSession(acceptInvitationOperation, async ({ actor, session, params }) => {
    const { organizationId } = await acceptInvitation({ actor, email: session.user.email }, params.invitationId);
    return { body: await getOrganization(actor.userId, organizationId, organizationId) };
  }),
});
