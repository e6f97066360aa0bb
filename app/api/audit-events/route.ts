import { listAuditEvents } from "#lib/audit/list-audit-events";
import { listAuditEventsOperation } from "#lib/http/audit-operations";
import { toListEnvelope, toPageRange } from "#lib/http/list-envelope";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(listAuditEventsOperation, async ({ actor, query }) => {
    const { count, events } = await listAuditEvents(actor, query, toPageRange(query));
    return { body: toListEnvelope("/api/audit-events", query, count, events) };
  }),
});
