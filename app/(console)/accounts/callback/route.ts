import { finishConnection } from "#lib/accounts/finish-connection";
import { routeMethods } from "#lib/http/route-methods";
import { withReturn } from "#lib/http/with-return";
import { selectOrganization } from "#lib/organizations/change-organization";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withReturn("/accounts", async ({ actor, query }) => {
    const { outcome, organizationId, choicesId } = await finishConnection(actor, Object.fromEntries(query));
    // Another one may have been chosen while the person was away.
    if (organizationId) await selectOrganization({ ...actor, organizationId });
    return `/accounts?outcome=${outcome}${choicesId ? `&choices=${choicesId}` : ""}`;
  }),
});
