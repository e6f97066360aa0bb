import { listEnvelopeSchema, pageQuerySchema } from "#lib/http/list-envelope";
import { defineMemberOperation, defineOperation } from "#lib/http/operation";
import { invitationSchema, inviteSchema, receivedInvitationSchema } from "#lib/invitations/schema";
import { doneSchema, organizationSchema } from "#lib/organizations/schema";

const path = "/api/organizations/{organizationId}/invitations";
const invitationPath = `${path}/{invitationId}`;

export const listInvitationsOperation = defineMemberOperation({
  id: "listInvitations",
  act: "members.invite",
  method: "GET",
  path,
  summary: "The organization's invitations, newest first",
  query: pageQuerySchema,
  answer: { status: 200, description: "One page of invitations", schema: listEnvelopeSchema(invitationSchema) },
  errors: [404],
});

export const inviteOperation = defineMemberOperation({
  id: "invite",
  act: "members.invite",
  method: "POST",
  path,
  summary: "Invite whoever signs in with an address; an open invitation for it is refreshed",
  body: inviteSchema,
  answer: {
    status: 201,
    description: "The invitation",
    otherwise200: "The open invitation for this address, refreshed",
    schema: invitationSchema,
  },
  errors: [404, 409, 429],
});

export const renewInvitationOperation = defineMemberOperation({
  id: "renewInvitation",
  act: "members.invite",
  method: "POST",
  path: `${invitationPath}/renew`,
  isRepeatable: true,
  summary: "Make an open invitation last for another fourteen days",
  answer: { status: 200, description: "The invitation as it is now", schema: invitationSchema },
  errors: [404, 409, 429],
});

export const revokeInvitationOperation = defineMemberOperation({
  id: "revokeInvitation",
  act: "members.invite",
  method: "DELETE",
  path: invitationPath,
  summary: "Revoke an open invitation",
  answer: { status: 200, description: "The invitation as it is now", schema: invitationSchema },
  errors: [404, 409],
});

export const listReceivedInvitationsOperation = defineOperation({
  id: "listReceivedInvitations",
  method: "GET",
  path: "/api/invitations",
  summary: "The invitations that the signed-in user can accept, newest first",
  query: pageQuerySchema,
  answer: { status: 200, description: "One page of invitations", schema: listEnvelopeSchema(receivedInvitationSchema) },
  errors: [404],
});

export const acceptInvitationOperation = defineOperation({
  id: "acceptInvitation",
  method: "POST",
  path: "/api/invitations/{invitationId}/accept",
  isRepeatable: true,
  summary: "Become a member; this session then shows the organization",
  answer: { status: 200, description: "The organization", schema: organizationSchema },
  errors: [404, 409],
});

export const declineInvitationOperation = defineOperation({
  id: "declineInvitation",
  method: "POST",
  path: "/api/invitations/{invitationId}/decline",
  isRepeatable: true,
  summary: "Decline an invitation",
  answer: { status: 200, description: "The invitation is declined", schema: doneSchema },
  errors: [404],
});
