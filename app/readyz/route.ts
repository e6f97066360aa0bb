import { requireReady } from "#lib/http/require-ready";
import { routeMethods } from "#lib/http/route-methods";
import { withPublic } from "#lib/http/with-public";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withPublic(async () => {
    await requireReady();
    return { status: "ok" };
  }),
});
