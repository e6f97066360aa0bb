import { takeUpPostOperation } from "#lib/http/post-operations";
import { publishedReply } from "#lib/http/publish-reply";
import { readPreference } from "#lib/http/read-preference";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";
import { retryPost } from "#lib/posts/retry-post";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withSession(takeUpPostOperation, async ({ userId, body, params, request }) => {
    const author = { userId, keyId: null };
    const postId = await retryPost(author, params.postId, body.how);
    return publishedReply(author, postId, readPreference(request.headers));
  }),
});
