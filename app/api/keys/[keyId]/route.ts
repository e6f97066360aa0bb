import { deleteKeyOperation, getKeyOperation, updateKeyOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { deleteKey } from "#lib/keys/end-key";
import { getKey } from "#lib/keys/list-keys";
import { updateKey } from "#lib/keys/update-key";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(getKeyOperation, async ({ actor, params }) => ({
    body: await getKey(actor.organizationId, params.keyId),
  })),
  PATCH: withMembership(updateKeyOperation, async ({ actor, params, body }) => ({
    body: await updateKey(actor, params.keyId, body),
  })),
  DELETE: withMembership(deleteKeyOperation, async ({ actor, params, query }) => {
    await deleteKey(actor, params.keyId, { cancelsPosts: query.cancel_posts === "true" });
    return { body: { success: true, message: "API key deleted successfully" } };
  }),
});
