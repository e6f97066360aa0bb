import { listEnvelopeSchema, pageQuerySchema } from "#lib/http/list-envelope";
import { defineMemberOperation, defineOperation } from "#lib/http/operation";
import {
  changeRoleSchema,
  deleteOrganizationSchema,
  doneSchema,
  memberSchema,
  organizationNameSchema,
  organizationSchema,
  removedMemberSchema,
  removeMemberSchema,
} from "#lib/organizations/schema";

const path = "/api/organizations/{organizationId}";
const memberPath = `${path}/members/{userId}`;

export const listOrganizationsOperation = defineOperation({
  id: "listOrganizations",
  method: "GET",
  path: "/api/organizations",
  summary: "The organizations that the signed-in user belongs to, in the order in which they joined",
  query: pageQuerySchema,
  answer: { status: 200, description: "One page of organizations", schema: listEnvelopeSchema(organizationSchema) },
  errors: [404],
});

export const createOrganizationOperation = defineOperation({
  id: "createOrganization",
  method: "POST",
  path: "/api/organizations",
  summary: "Create an organization, which this session then shows",
  body: organizationNameSchema,
  answer: { status: 201, description: "The organization", schema: organizationSchema },
  errors: [409],
});

export const getOrganizationOperation = defineMemberOperation({
  id: "getOrganization",
  act: "organization.read",
  method: "GET",
  path,
  summary: "One organization",
  answer: { status: 200, description: "The organization", schema: organizationSchema },
  errors: [404],
});

export const renameOrganizationOperation = defineMemberOperation({
  id: "renameOrganization",
  act: "organization.rename",
  method: "PATCH",
  path,
  summary: "Rename an organization",
  body: organizationNameSchema,
  answer: { status: 200, description: "The organization as it is now", schema: organizationSchema },
  errors: [404],
});

export const deleteOrganizationOperation = defineMemberOperation({
  id: "deleteOrganization",
  act: "organization.delete",
  method: "DELETE",
  path,
  summary: "Delete an organization for good, with its name typed again; its keys are dead when the answer arrives",
  body: deleteOrganizationSchema,
  answer: { status: 200, description: "The organization is deleted", schema: doneSchema },
  errors: [404],
});

export const selectOrganizationOperation = defineMemberOperation({
  id: "selectOrganization",
  act: "organization.read",
  method: "POST",
  path: `${path}/select`,
  isRepeatable: true,
  summary: "Show an organization in this session from now on",
  answer: { status: 200, description: "The organization", schema: organizationSchema },
  errors: [404],
});

export const listMembersOperation = defineMemberOperation({
  id: "listMembers",
  act: "organization.read",
  method: "GET",
  path: `${path}/members`,
  summary: "The organization's members, in the order in which they joined",
  query: pageQuerySchema,
  answer: { status: 200, description: "One page of members", schema: listEnvelopeSchema(memberSchema) },
  errors: [404],
});

export const changeRoleOperation = defineMemberOperation({
  id: "changeRole",
  act: "members.appoint",
  method: "PATCH",
  path: memberPath,
  summary: "Give a member another role",
  body: changeRoleSchema,
  answer: { status: 200, description: "The role is changed", schema: doneSchema },
  errors: [404, 409],
});

export const removeMemberOperation = defineMemberOperation({
  id: "removeMember",
  act: "organization.leave",
  method: "DELETE",
  path: memberPath,
  summary: "Remove a member, or leave; `keys` says what becomes of the working keys that they generated",
  query: removeMemberSchema,
  answer: { status: 200, description: "The membership is over", schema: removedMemberSchema },
  errors: [404, 409],
});
