import { routeMethods } from "#lib/http/route-methods";
import { exportUserOperation } from "#lib/http/user-operations";
import { withSession } from "#lib/http/with-session";
import { exportUser } from "#lib/users/export-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(exportUserOperation, async ({ actor }) => ({
    body: await exportUser(actor.userId),
    headers: { "Content-Disposition": 'attachment; filename="boring-console-account.json"' },
  })),
});
