import { generateKeyOperation, listKeysOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { toGeneratedReply } from "#lib/http/to-generated-reply";
import { withMembership } from "#lib/http/with-session";
import { generateKey } from "#lib/keys/generate-key";
import { listKeys, selectKeys } from "#lib/keys/list-keys";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(listKeysOperation, async ({ actor, query }) => ({
    body: { keys: selectKeys(await listKeys(actor.organizationId), query).rows.map(({ key }) => key) },
  })),
  POST: withMembership(generateKeyOperation, async ({ actor, body, idempotencyKey }) =>
    toGeneratedReply(await generateKey(actor, body, idempotencyKey)),
  ),
});
