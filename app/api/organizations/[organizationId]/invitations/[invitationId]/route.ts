import { revokeInvitationOperation } from "#lib/http/invitation-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { revokeInvitation } from "#lib/invitations/invite";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  DELETE: withMembership(revokeInvitationOperation, async ({ actor, params }) => ({
    body: await revokeInvitation(actor, params.invitationId),
  })),
});
