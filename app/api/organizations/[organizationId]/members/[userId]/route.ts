import { changeRoleOperation, removeMemberOperation } from "#lib/http/organization-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { changeRole } from "#lib/organizations/change-role";
import { removeMember } from "#lib/organizations/remove-member";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  PATCH: withMembership(changeRoleOperation, async ({ actor, params, body }) => {
    await changeRole(actor, params.userId, body.role);
    return { body: { success: true } };
  }),
  DELETE: withMembership(removeMemberOperation, async ({ actor, params, query }) => ({
    body: { success: true, disabled_keys: await removeMember(actor, params.userId, query.keys) },
  })),
});
