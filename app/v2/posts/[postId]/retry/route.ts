import { retryPostOperation } from "#lib/http/post-operations";
import { publishedReply } from "#lib/http/publish-reply";
import { readPreference } from "#lib/http/read-preference";
import { routeMethods } from "#lib/http/route-methods";
import { withApiKey } from "#lib/http/with-api-key";
import { retryPost } from "#lib/posts/retry-post";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withApiKey(retryPostOperation, async ({ key, body, params, request }) => {
    const author = { userId: key.userId, keyId: key.id };
    const postId = await retryPost(author, params.postId, body.force ? "force" : "retry");
    return publishedReply(author, postId, readPreference(request.headers));
  }),
});
