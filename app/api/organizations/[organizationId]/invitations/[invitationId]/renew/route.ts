import { renewInvitationOperation } from "#lib/http/invitation-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { renewInvitation } from "#lib/invitations/invite";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withMembership(renewInvitationOperation, async ({ actor, params, locale }) => ({
    body: await renewInvitation(actor, params.invitationId, locale),
  })),
});
