import { cancelOwnPostOperation } from "#lib/http/post-operations";
import { routeMethods } from "#lib/http/route-methods";
import { toCancelledReply } from "#lib/http/to-cancelled-reply";
import { withSession } from "#lib/http/with-session";
import { cancelPost } from "#lib/posts/cancel-post";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  DELETE: withSession(cancelOwnPostOperation, async ({ userId, locale, params }) =>
    toCancelledReply(await cancelPost({ userId, locale, keyId: null }, params.postId)),
  ),
});
