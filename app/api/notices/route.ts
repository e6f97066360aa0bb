import { toListEnvelope, toPageRange } from "#lib/http/list-envelope";
import { listNoticesOperation } from "#lib/http/notice-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";
import { listNotices } from "#lib/notices/list-notices";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(listNoticesOperation, async ({ actor, query }) => {
    const { count, notices } = await listNotices(actor.userId, toPageRange(query));
    return { body: toListEnvelope("/api/notices", query, count, notices) };
  }),
});
