import { listAuditEvents } from "#lib/audit/list-audit-events";
import { MAX_EXPORTED_EVENTS } from "#lib/audit/schema";
import { exportAuditEventsOperation } from "#lib/http/audit-operations";
import { routeMethods } from "#lib/http/route-methods";
import { toAuditCsv } from "#lib/http/to-csv";
import { withMembership } from "#lib/http/with-session";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(exportAuditEventsOperation, async ({ actor, query }) => {
    const { events } = await listAuditEvents(actor, query, { skip: 0, take: MAX_EXPORTED_EVENTS });
    return {
      body: toAuditCsv(events),
      headers: { "Content-Disposition": 'attachment; filename="audit-events.csv"' },
    };
  }),
});
