import { getPostOperation } from "#lib/http/post-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withApiKey } from "#lib/http/with-api-key";
import { getPost } from "#lib/posts/get-post";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withApiKey(getPostOperation, async ({ key, params }) => ({ body: await getPost(key.userId, params.postId) })),
});
