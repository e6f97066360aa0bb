import { deleteKeyOperation, getKeyOperation, updateKeyOperation } from "#lib/http/key-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";
import { deleteKey } from "#lib/keys/delete-key";
import { getKey } from "#lib/keys/get-key";
import { updateKey } from "#lib/keys/update-key";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(getKeyOperation, async ({ userId, params }) => ({ body: await getKey(userId, params.keyId) })),
  PATCH: withSession(updateKeyOperation, async ({ userId, params, body }) => ({
    body: await updateKey(userId, params.keyId, body),
  })),
  DELETE: withSession(deleteKeyOperation, async ({ userId, params }) => {
    await deleteKey(userId, params.keyId);
    return { body: { success: true, message: "API key deleted successfully" } };
  }),
});
