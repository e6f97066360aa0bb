import { cancelPostOperation, getPostOperation } from "#lib/http/post-operations";
import { routeMethods } from "#lib/http/route-methods";
import { toCancelledReply } from "#lib/http/to-cancelled-reply";
import { withApiKey } from "#lib/http/with-api-key";
import { cancelPost } from "#lib/posts/cancel-post";
import { getPost } from "#lib/posts/get-post";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withApiKey(getPostOperation, async ({ key, params }) => ({ body: await getPost(key.userId, params.postId) })),
  DELETE: withApiKey(cancelPostOperation, async ({ key, params }) =>
    toCancelledReply(await cancelPost({ userId: key.userId, keyId: key.id }, params.postId)),
  ),
});
