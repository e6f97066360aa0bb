import { finishConnection } from "#lib/accounts/connect-account";
import { routeMethods } from "#lib/http/route-methods";
import { withReturn } from "#lib/http/with-return";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withReturn("/accounts", async ({ actor, query }) => {
    const read = (name: string) => query.get(name) ?? undefined;
    const outcome = await finishConnection(actor, { state: read("state"), code: read("code"), error: read("error") });
    return `/accounts?outcome=${outcome}`;
  }),
});
