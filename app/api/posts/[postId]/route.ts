import { cancelOwnPostOperation } from "#lib/http/post-operations";
import { toCancelledReply } from "#lib/http/publish-reply";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { toAuthor } from "#lib/posts/accept-post";
import { cancelPost } from "#lib/posts/retry-post";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  DELETE: withMembership(cancelOwnPostOperation, async ({ actor, session, locale, params }) =>
    toCancelledReply(await cancelPost(toAuthor(actor, session.user, locale), params.postId)),
  ),
});
