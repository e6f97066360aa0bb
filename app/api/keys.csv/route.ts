import { exportKeysOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { toKeysCsv } from "#lib/http/to-csv";
import { withMembership } from "#lib/http/with-session";
import { listKeys, selectKeys } from "#lib/keys/list-keys";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(exportKeysOperation, async ({ actor, query }) => ({
    body: toKeysCsv(selectKeys(await listKeys(actor.organizationId), query).rows.map(({ key }) => key)),
    headers: { "Content-Disposition": 'attachment; filename="api-keys.csv"' },
  })),
});
