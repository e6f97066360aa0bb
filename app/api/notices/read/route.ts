import { readNoticesOperation } from "#lib/http/notice-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";
import { markRead } from "#lib/notices/list-notices";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withSession(readNoticesOperation, async ({ actor, body }) => ({
    body: { unread: await markRead(actor.userId, body.ids) },
  })),
});
