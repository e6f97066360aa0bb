import { inviteOperation, listInvitationsOperation } from "#lib/http/invitation-operations";
import { toListEnvelope, toPageRange } from "#lib/http/list-envelope";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { invite } from "#lib/invitations/invite";
import { listInvitations } from "#lib/invitations/list-invitations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(listInvitationsOperation, async ({ actor, query }) => {
    const { count, invitations } = await listInvitations(actor.organizationId, toPageRange(query));
    const path = `/api/organizations/${actor.organizationId}/invitations`;
    return { body: toListEnvelope(path, query, count, invitations) };
  }),
  POST: withMembership(inviteOperation, async ({ actor, body, locale }) => {
    const { invitation, isNew } = await invite(actor, body, locale);
    return { body: invitation, ...(!isNew && { status: 200 }) };
  }),
});
