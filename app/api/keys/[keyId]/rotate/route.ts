import { rotateKeyOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { toGeneratedReply } from "#lib/http/to-generated-reply";
import { withMembership } from "#lib/http/with-session";
import { rotateKey } from "#lib/keys/rotate-key";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withMembership(rotateKeyOperation, async ({ actor, params: { keyId }, body, idempotencyKey }) =>
    toGeneratedReply(await rotateKey(actor, { keyId, overlapSeconds: body.overlap_seconds, idempotencyKey })),
  ),
});
