import { exportKeysOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { toKeysCsv } from "#lib/http/to-keys-csv";
import { withSession } from "#lib/http/with-session";
import { listKeys } from "#lib/keys/list-keys";
import { selectKeys } from "#lib/keys/select-keys";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(exportKeysOperation, async ({ userId, query }) => ({
    body: toKeysCsv(selectKeys(await listKeys(userId), query).rows.map(({ key }) => key)),
    headers: { "Content-Disposition": 'attachment; filename="api-keys.csv"' },
  })),
});
