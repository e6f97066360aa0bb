import { routeMethods } from "#lib/http/route-methods";
import { withPublic } from "#lib/http/with-public";
import { VERSION } from "#lib/version";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withPublic(() => ({ status: "ok", version: VERSION })),
});
