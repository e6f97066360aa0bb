import { takeUpPostOperation } from "#lib/http/post-operations";
import { retryReply } from "#lib/http/publish-reply";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withSession(takeUpPostOperation, async ({ userId, locale, body, params, request }) => {
    const author = { userId, locale, keyId: null };
    return retryReply(author, { request, postId: params.postId, again: body.how });
  }),
});
