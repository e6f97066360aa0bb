import { takeUpPostOperation } from "#lib/http/post-operations";
import { retryReply } from "#lib/http/publish-reply";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { toAuthor } from "#lib/posts/accept-post";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withMembership(takeUpPostOperation, async ({ actor, session, locale, body, params, request }) => {
    const author = toAuthor(actor, session.user, locale);
    return retryReply(author, { request, postId: params.postId, again: body.how });
  }),
});
