import { requireReady } from "#lib/http/require-ready";
import { routeMethods } from "#lib/http/route-methods";
import { withNobody } from "#lib/http/with-nobody";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withNobody(async () => {
    await requireReady();
    return { status: "ok" };
  }),
});
