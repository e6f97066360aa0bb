import { exportKeysOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { toKeysCsv } from "#lib/http/to-csv";
import { withSession } from "#lib/http/with-session";
import { listKeys, selectKeys } from "#lib/keys/list-keys";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(exportKeysOperation, async ({ userId, query }) => ({
    body: toKeysCsv(selectKeys(await listKeys(userId), query).rows.map(({ key }) => key)),
    headers: { "Content-Disposition": 'attachment; filename="api-keys.csv"' },
  })),
});
