import { generateKeyOperation, listKeysOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { toGeneratedReply } from "#lib/http/to-generated-reply";
import { withSession } from "#lib/http/with-session";
import { generateKey } from "#lib/keys/generate-key";
import { listKeys } from "#lib/keys/list-keys";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(listKeysOperation, async ({ userId }) => ({ body: { keys: await listKeys(userId) } })),
  POST: withSession(generateKeyOperation, async ({ actor, body, idempotencyKey }) =>
    toGeneratedReply(await generateKey(actor, body, idempotencyKey)),
  ),
});
