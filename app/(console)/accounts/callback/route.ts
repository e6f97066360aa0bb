import { finishConnection } from "#lib/accounts/connect-account";
import { routeMethods } from "#lib/http/route-methods";
import { withReturn } from "#lib/http/with-return";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withReturn("/accounts", async ({ actor, query }) => {
    const outcome = await finishConnection(actor, Object.fromEntries(query));
    return `/accounts?outcome=${outcome}`;
  }),
});
