import { declineInvitationOperation } from "#lib/http/invitation-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";
import { declineInvitation } from "#lib/invitations/answer-invitation";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withSession(declineInvitationOperation, async ({ actor, session, params }) => {
    await declineInvitation({ actor, email: session.user.email }, params.invitationId);
    return { body: { success: true } };
  }),
});
