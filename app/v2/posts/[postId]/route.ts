import { cancelPostOperation, getPostOperation } from "#lib/http/post-operations";
import { toCancelledReply } from "#lib/http/publish-reply";
import { routeMethods } from "#lib/http/route-methods";
import { withApiKey } from "#lib/http/with-api-key";
import { getPost } from "#lib/posts/list-posts";
import { cancelPost } from "#lib/posts/retry-post";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withApiKey(getPostOperation, async ({ key, params }) => ({
    body: await getPost(key.organizationId, params.postId),
  })),
  DELETE: withApiKey(cancelPostOperation, async ({ key, params }) =>
    toCancelledReply(await cancelPost({ organizationId: key.organizationId, keyId: key.id }, params.postId)),
  ),
});
