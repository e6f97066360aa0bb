import { listReceivedInvitationsOperation } from "#lib/http/invitation-operations";
import { toListEnvelope, toPageRange } from "#lib/http/list-envelope";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";
import { listReceivedInvitations } from "#lib/invitations/list-invitations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(listReceivedInvitationsOperation, async ({ session, query }) => {
    const all = await listReceivedInvitations(session.user.email);
    const { skip, take } = toPageRange(query);
    return { body: toListEnvelope("/api/invitations", query, all.length, all.slice(skip, skip + take)) };
  }),
});
