import { cancelOwnPostOperation } from "#lib/http/post-operations";
import { toCancelledReply } from "#lib/http/publish-reply";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";
import { cancelPost } from "#lib/posts/retry-post";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  DELETE: withSession(cancelOwnPostOperation, async ({ userId, locale, params }) =>
    toCancelledReply(await cancelPost({ userId, locale, keyId: null }, params.postId)),
  ),
});
